-- Written by hand. Bytes that nothing names any more are only marked, and leave the file a piece at a time: all of a large file at
-- once holds everything else up. What is marked is not found by its hash, and cannot be named again.
DROP TRIGGER contents_unused_by_files;--> statement-breakpoint
CREATE TRIGGER contents_unused_by_files AFTER DELETE ON files
BEGIN
  UPDATE contents SET hash = NULL, createdAt = 0 WHERE id = OLD.contentId
    AND NOT EXISTS (SELECT 1 FROM files WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM data_imports WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM generation_pictures WHERE contentId = OLD.contentId);
END;--> statement-breakpoint
DROP TRIGGER contents_unused_by_pictures;--> statement-breakpoint
CREATE TRIGGER contents_unused_by_pictures AFTER DELETE ON generation_pictures
BEGIN
  UPDATE contents SET hash = NULL, createdAt = 0 WHERE id = OLD.contentId
    AND NOT EXISTS (SELECT 1 FROM files WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM data_imports WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM generation_pictures WHERE contentId = OLD.contentId);
END;--> statement-breakpoint
DROP TRIGGER contents_unused_by_imports;--> statement-breakpoint
CREATE TRIGGER contents_unused_by_imports AFTER DELETE ON data_imports
BEGIN
  UPDATE contents SET hash = NULL, createdAt = 0 WHERE id = OLD.contentId
    AND NOT EXISTS (SELECT 1 FROM files WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM data_imports WHERE contentId = OLD.contentId)
    AND NOT EXISTS (SELECT 1 FROM generation_pictures WHERE contentId = OLD.contentId);
END;--> statement-breakpoint
CREATE TRIGGER contents_whole_for_files BEFORE INSERT ON files
BEGIN
  SELECT RAISE(ABORT, 'These bytes are being erased.')
  WHERE EXISTS (SELECT 1 FROM contents WHERE id = NEW.contentId AND createdAt = 0);
END;--> statement-breakpoint
CREATE TRIGGER contents_whole_for_imports BEFORE INSERT ON data_imports
BEGIN
  SELECT RAISE(ABORT, 'These bytes are being erased.')
  WHERE EXISTS (SELECT 1 FROM contents WHERE id = NEW.contentId AND createdAt = 0);
END;--> statement-breakpoint
CREATE TRIGGER contents_whole_for_pictures BEFORE INSERT ON generation_pictures
BEGIN
  SELECT RAISE(ABORT, 'These bytes are being erased.')
  WHERE EXISTS (SELECT 1 FROM contents WHERE id = NEW.contentId AND createdAt = 0);
END;
