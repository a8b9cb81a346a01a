CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`userId` text NOT NULL,
	`name` text NOT NULL,
	`keyHash` text NOT NULL,
	`prefix` text NOT NULL,
	`scopes` text NOT NULL,
	`createdAt` integer NOT NULL,
	`lastUsedAt` integer,
	`revokedAt` integer,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_keyHash_unique` ON `api_keys` (`keyHash`);--> statement-breakpoint
CREATE INDEX `api_keys_by_user` ON `api_keys` (`userId`);--> statement-breakpoint
CREATE TABLE `audit_log` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`target` text NOT NULL,
	`address` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_log_by_time` ON `audit_log` (`at`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`tokenHash` text PRIMARY KEY NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	`lastSeenAt` integer NOT NULL,
	`expiresAt` integer NOT NULL,
	`userAgent` text NOT NULL,
	FOREIGN KEY (`userId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sessions_by_user` ON `sessions` (`userId`);--> statement-breakpoint
CREATE TABLE `summaries` (
	`messageId` text PRIMARY KEY NOT NULL,
	`conversationId` text NOT NULL,
	`content` text NOT NULL,
	`model` text NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`messageId`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conversationId`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `summaries_by_conversation` ON `summaries` (`conversationId`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`passwordHash` text NOT NULL,
	`role` text NOT NULL,
	`createdAt` integer NOT NULL,
	`disabledAt` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_name_unique` ON `users` (`name`);--> statement-breakpoint
ALTER TABLE `conversations` ADD `ownerId` text REFERENCES users(id) ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE `conversations` ADD `origin` text DEFAULT 'chat' NOT NULL;--> statement-breakpoint
CREATE INDEX `conversations_by_owner` ON `conversations` (`ownerId`,`updatedAt`);--> statement-breakpoint
ALTER TABLE `generations` ADD `request` text;--> statement-breakpoint
ALTER TABLE `memories` ADD `ownerId` text REFERENCES users(id) ON DELETE CASCADE;--> statement-breakpoint
CREATE INDEX `memories_by_owner` ON `memories` (`ownerId`,`createdAt`);