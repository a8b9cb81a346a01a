CREATE TABLE `data_imports` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`ownerId` text,
	`name` text NOT NULL,
	`contentId` integer NOT NULL,
	`status` text NOT NULL,
	`format` text NOT NULL,
	`answers` text NOT NULL,
	`questions` text NOT NULL,
	`rows` integer NOT NULL,
	`added` integer DEFAULT 0 NOT NULL,
	`quarantined` text NOT NULL,
	`quarantinedRows` integer DEFAULT 0 NOT NULL,
	`passport` text,
	`symbol` text NOT NULL,
	`datasetId` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`contentId`) REFERENCES `contents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`datasetId`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `data_imports_id_unique` ON `data_imports` (`id`);--> statement-breakpoint
CREATE INDEX `data_imports_by_owner` ON `data_imports` (`ownerId`,`createdAt`);--> statement-breakpoint
CREATE INDEX `data_imports_by_dataset` ON `data_imports` (`datasetId`);--> statement-breakpoint
CREATE INDEX `data_imports_by_content` ON `data_imports` (`contentId`);--> statement-breakpoint
CREATE TABLE `dataset_chunks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`datasetId` text NOT NULL,
	`bars` blob NOT NULL,
	FOREIGN KEY (`datasetId`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `dataset_chunks_by_dataset` ON `dataset_chunks` (`datasetId`);--> statement-breakpoint
CREATE TABLE `datasets` (
	`id` text PRIMARY KEY NOT NULL,
	`ownerId` text,
	`symbol` text NOT NULL,
	`timeframe` text NOT NULL,
	`zone` text,
	`rows` integer NOT NULL,
	`chunks` text NOT NULL,
	`passport` text,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `datasets_by_owner` ON `datasets` (`ownerId`,`symbol`);--> statement-breakpoint
-- From here on written by hand: bytes are erased with the last row that names them, an imported file's too.
DROP TRIGGER contents_unused_by_files;--> statement-breakpoint
CREATE TRIGGER contents_unused_by_files AFTER DELETE ON files
BEGIN
  DELETE FROM contents WHERE id = OLD.contentId
    AND NOT EXISTS (SELECT 1 FROM files WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM data_imports WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM generation_pictures WHERE contentId = OLD.contentId);
END;--> statement-breakpoint
DROP TRIGGER contents_unused_by_pictures;--> statement-breakpoint
CREATE TRIGGER contents_unused_by_pictures AFTER DELETE ON generation_pictures
BEGIN
  DELETE FROM contents WHERE id = OLD.contentId
    AND NOT EXISTS (SELECT 1 FROM files WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM data_imports WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM generation_pictures WHERE contentId = OLD.contentId);
END;--> statement-breakpoint
CREATE TRIGGER contents_unused_by_imports AFTER DELETE ON data_imports
BEGIN
  DELETE FROM contents WHERE id = OLD.contentId
    AND NOT EXISTS (SELECT 1 FROM files WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM data_imports WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM generation_pictures WHERE contentId = OLD.contentId);
END;
