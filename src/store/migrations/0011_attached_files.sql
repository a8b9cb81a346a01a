CREATE TABLE `content_pieces` (
	`contentId` integer NOT NULL,
	`number` integer NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`contentId`, `number`),
	FOREIGN KEY (`contentId`) REFERENCES `contents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `contents` (
	`id` integer PRIMARY KEY NOT NULL,
	`hash` text,
	`size` integer NOT NULL,
	`createdAt` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contents_hash_unique` ON `contents` (`hash`);--> statement-breakpoint
CREATE TABLE `files` (
	`id` text PRIMARY KEY NOT NULL,
	`ownerId` text,
	`contentId` integer NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`mediaType` text NOT NULL,
	`size` integer NOT NULL,
	`text` text NOT NULL,
	`isCut` integer NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`contentId`) REFERENCES `contents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `files_by_owner` ON `files` (`ownerId`,`createdAt`);--> statement-breakpoint
CREATE INDEX `files_by_content` ON `files` (`contentId`);--> statement-breakpoint
CREATE TABLE `generation_pictures` (
	`generationId` text NOT NULL,
	`contentId` integer NOT NULL,
	PRIMARY KEY(`generationId`, `contentId`),
	FOREIGN KEY (`generationId`) REFERENCES `generations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`contentId`) REFERENCES `contents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `generation_pictures_by_content` ON `generation_pictures` (`contentId`);--> statement-breakpoint
CREATE TABLE `message_files` (
	`messageId` text NOT NULL,
	`position` integer NOT NULL,
	`fileId` text NOT NULL,
	`readCharacters` integer,
	PRIMARY KEY(`messageId`, `position`),
	FOREIGN KEY (`messageId`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`fileId`) REFERENCES `files`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `message_files_by_file` ON `message_files` (`fileId`);
--> statement-breakpoint
-- From here on written by hand. A file is erased with the last question that has it, and bytes with the last row that names them,
-- however those rows are erased.
CREATE TRIGGER files_unused AFTER DELETE ON message_files
BEGIN
  DELETE FROM files WHERE id = OLD.fileId AND NOT EXISTS (SELECT 1 FROM message_files WHERE fileId = OLD.fileId);
END;--> statement-breakpoint
CREATE TRIGGER contents_unused_by_files AFTER DELETE ON files
BEGIN
  DELETE FROM contents WHERE id = OLD.contentId
    AND NOT EXISTS (SELECT 1 FROM files WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM generation_pictures WHERE contentId = OLD.contentId);
END;--> statement-breakpoint
CREATE TRIGGER contents_unused_by_pictures AFTER DELETE ON generation_pictures
BEGIN
  DELETE FROM contents WHERE id = OLD.contentId
    AND NOT EXISTS (SELECT 1 FROM files WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM generation_pictures WHERE contentId = OLD.contentId);
END;
