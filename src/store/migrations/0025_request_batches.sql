-- Written by hand. Files and batches of programs.
CREATE TABLE `request_files` (
	`id` text PRIMARY KEY NOT NULL,
	`ownerId` text,
	`name` text NOT NULL,
	`purpose` text NOT NULL,
	`size` integer NOT NULL,
	`isWhole` integer DEFAULT false NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `request_files_by_owner` ON `request_files` (`ownerId`,`createdAt`);--> statement-breakpoint
CREATE TABLE `request_file_pieces` (
	`fileId` text NOT NULL,
	`number` integer NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`fileId`, `number`),
	FOREIGN KEY (`fileId`) REFERENCES `request_files`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `request_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`ownerId` text,
	`inputFileId` text NOT NULL,
	`endpoint` text NOT NULL,
	`metadata` text,
	`status` text NOT NULL,
	`problems` text,
	`total` integer DEFAULT 0 NOT NULL,
	`completed` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`outputFileId` text,
	`errorFileId` text,
	`createdAt` integer NOT NULL,
	`expiresAt` integer NOT NULL,
	`startedAt` integer,
	`finalizingAt` integer,
	`cancellingAt` integer,
	`endedAt` integer,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `request_batches_by_owner` ON `request_batches` (`ownerId`,`createdAt`);--> statement-breakpoint
CREATE INDEX `request_batches_by_status` ON `request_batches` (`status`);
