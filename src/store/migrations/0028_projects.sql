-- Written by hand. Conversations with instructions, documents and memory of their own.
CREATE TABLE `projects` (
	`id` text PRIMARY KEY NOT NULL,
	`ownerId` text,
	`name` text NOT NULL,
	`instructions` text DEFAULT '' NOT NULL,
	`usesGeneralMemory` integer DEFAULT true NOT NULL,
	`createdAt` integer NOT NULL,
	`deletedAt` integer,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `projects_by_owner` ON `projects` (`ownerId`);--> statement-breakpoint
CREATE INDEX `projects_deleted` ON `projects` (`deletedAt`) WHERE "deletedAt" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `project_documents` (
	`projectId` text NOT NULL,
	`documentId` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`projectId`, `documentId`),
	FOREIGN KEY (`projectId`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`documentId`) REFERENCES `documents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `project_documents_by_document` ON `project_documents` (`documentId`);--> statement-breakpoint
CREATE TABLE `project_receipts` (
	`projectId` text NOT NULL,
	`generationId` text NOT NULL,
	PRIMARY KEY(`projectId`, `generationId`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER project_receipts_of_erased AFTER DELETE ON projects
BEGIN
  DELETE FROM project_receipts WHERE projectId = OLD.id;
END;
--> statement-breakpoint
ALTER TABLE `conversations` ADD `projectId` text REFERENCES projects(id) ON UPDATE no action ON DELETE set null;--> statement-breakpoint
CREATE INDEX `conversations_by_project` ON `conversations` (`projectId`) WHERE "projectId" IS NOT NULL;--> statement-breakpoint
ALTER TABLE `memories` ADD `projectId` text REFERENCES projects(id) ON UPDATE no action ON DELETE cascade;--> statement-breakpoint
CREATE INDEX `memories_by_project` ON `memories` (`projectId`) WHERE "projectId" IS NOT NULL;
