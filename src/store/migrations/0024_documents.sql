-- Written by hand. Documents with their passages, which conversations are asked about.
CREATE TABLE `documents` (
	`id` text PRIMARY KEY NOT NULL,
	`ownerId` text,
	`contentId` integer NOT NULL,
	`name` text NOT NULL,
	`title` text DEFAULT '' NOT NULL,
	`kind` text NOT NULL,
	`mediaType` text NOT NULL,
	`size` integer NOT NULL,
	`state` text DEFAULT 'waiting' NOT NULL,
	`problem` text,
	`pages` integer DEFAULT 0 NOT NULL,
	`passages` integer DEFAULT 0 NOT NULL,
	`characters` integer DEFAULT 0 NOT NULL,
	`isCut` integer DEFAULT false NOT NULL,
	`createdAt` integer NOT NULL,
	`deletedAt` integer,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`contentId`) REFERENCES `contents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `documents_by_owner` ON `documents` (`ownerId`,`createdAt`);--> statement-breakpoint
CREATE INDEX `documents_by_content` ON `documents` (`contentId`);--> statement-breakpoint
CREATE INDEX `documents_to_read` ON `documents` (`createdAt`) WHERE "state" IN ('waiting', 'reading');--> statement-breakpoint
CREATE INDEX `documents_deleted` ON `documents` (`deletedAt`) WHERE "deletedAt" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `passages` (
	`id` integer PRIMARY KEY NOT NULL,
	`documentId` text NOT NULL,
	`number` integer NOT NULL,
	`page` integer,
	`sheet` text,
	`cells` text,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	`heading` text NOT NULL,
	`text` text NOT NULL,
	`embeddingModel` text,
	`embedding` blob,
	FOREIGN KEY (`documentId`) REFERENCES `documents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `passages_by_document` ON `passages` (`documentId`,`number`);--> statement-breakpoint
CREATE INDEX `passages_to_embed` ON `passages` (`documentId`) WHERE "embedding" IS NULL;--> statement-breakpoint
CREATE TABLE `conversation_documents` (
	`conversationId` text NOT NULL,
	`documentId` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`conversationId`, `documentId`),
	FOREIGN KEY (`conversationId`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`documentId`) REFERENCES `documents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `conversation_documents_by_document` ON `conversation_documents` (`documentId`);--> statement-breakpoint
CREATE TABLE `message_passages` (
	`messageId` text NOT NULL,
	`position` integer NOT NULL,
	`documentId` text NOT NULL,
	`number` integer NOT NULL,
	`score` real,
	PRIMARY KEY(`messageId`, `position`),
	FOREIGN KEY (`messageId`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`documentId`) REFERENCES `documents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `message_passages_by_document` ON `message_passages` (`documentId`);--> statement-breakpoint
-- As with memories the text stays in its table, the triggers keep the index in step, and what is deleted leaves it, too.
CREATE VIRTUAL TABLE passages_fts USING fts5(
  "heading",
  "text",
  content = 'passages',
  content_rowid = 'id',
  tokenize = 'porter unicode61 remove_diacritics 2'
);
--> statement-breakpoint
INSERT INTO passages_fts (passages_fts, rank) VALUES ('secure-delete', 1);--> statement-breakpoint
CREATE TRIGGER passages_fts_insert AFTER INSERT ON passages BEGIN
  INSERT INTO passages_fts (rowid, "heading", "text") VALUES (new.id, new."heading", new."text");
END;
--> statement-breakpoint
CREATE TRIGGER passages_fts_delete AFTER DELETE ON passages BEGIN
  INSERT INTO passages_fts (passages_fts, rowid, "heading", "text") VALUES ('delete', old.id, old."heading", old."text");
END;
--> statement-breakpoint
CREATE TRIGGER passages_fts_update AFTER UPDATE OF "heading", "text" ON passages BEGIN
  INSERT INTO passages_fts (passages_fts, rowid, "heading", "text") VALUES ('delete', old.id, old."heading", old."text");
  INSERT INTO passages_fts (rowid, "heading", "text") VALUES (new.id, new."heading", new."text");
END;
--> statement-breakpoint
-- Bytes that a document names are in use.
DROP TRIGGER contents_unused_by_files;--> statement-breakpoint
CREATE TRIGGER contents_unused_by_files AFTER DELETE ON files
BEGIN
  UPDATE contents SET hash = NULL, createdAt = 0 WHERE id = OLD.contentId
    AND NOT EXISTS (SELECT 1 FROM files WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM generation_pictures WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM data_imports WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM documents WHERE contentId = OLD.contentId);
END;--> statement-breakpoint
DROP TRIGGER contents_unused_by_pictures;--> statement-breakpoint
CREATE TRIGGER contents_unused_by_pictures AFTER DELETE ON generation_pictures
BEGIN
  UPDATE contents SET hash = NULL, createdAt = 0 WHERE id = OLD.contentId
    AND NOT EXISTS (SELECT 1 FROM files WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM generation_pictures WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM data_imports WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM documents WHERE contentId = OLD.contentId);
END;--> statement-breakpoint
DROP TRIGGER contents_unused_by_imports;--> statement-breakpoint
CREATE TRIGGER contents_unused_by_imports AFTER DELETE ON data_imports
BEGIN
  UPDATE contents SET hash = NULL, createdAt = 0 WHERE id = OLD.contentId
    AND NOT EXISTS (SELECT 1 FROM files WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM generation_pictures WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM data_imports WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM documents WHERE contentId = OLD.contentId);
END;--> statement-breakpoint
CREATE TRIGGER contents_unused_by_documents AFTER DELETE ON documents
BEGIN
  UPDATE contents SET hash = NULL, createdAt = 0 WHERE id = OLD.contentId
    AND NOT EXISTS (SELECT 1 FROM files WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM generation_pictures WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM data_imports WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM documents WHERE contentId = OLD.contentId);
END;--> statement-breakpoint
CREATE TRIGGER contents_whole_for_documents BEFORE INSERT ON documents
BEGIN
  SELECT RAISE(ABORT, 'These bytes are being erased.')
  WHERE EXISTS (SELECT 1 FROM contents WHERE id = NEW.contentId AND createdAt = 0);
END;
