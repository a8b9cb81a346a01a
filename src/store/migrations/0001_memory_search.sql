-- Full-text search over memories. The text itself stays in `memories` (external content): the index names
-- rows by rowid, and the triggers keep it in step. Every run of migrations ends by rebuilding the index
-- (src/store/migrate.ts), because a later migration that rebuilds the table renumbers its rows.
CREATE VIRTUAL TABLE memories_fts USING fts5(
  "key",
  "value",
  content = 'memories',
  content_rowid = 'rowid',
  tokenize = 'porter unicode61 remove_diacritics 2'
);
--> statement-breakpoint
CREATE TRIGGER memories_fts_insert AFTER INSERT ON memories BEGIN
  INSERT INTO memories_fts (rowid, "key", "value") VALUES (new.rowid, new."key", new."value");
END;
--> statement-breakpoint
CREATE TRIGGER memories_fts_delete AFTER DELETE ON memories BEGIN
  INSERT INTO memories_fts (memories_fts, rowid, "key", "value") VALUES ('delete', old.rowid, old."key", old."value");
END;
--> statement-breakpoint
CREATE TRIGGER memories_fts_update AFTER UPDATE OF "key", "value" ON memories BEGIN
  INSERT INTO memories_fts (memories_fts, rowid, "key", "value") VALUES ('delete', old.rowid, old."key", old."value");
  INSERT INTO memories_fts (rowid, "key", "value") VALUES (new.rowid, new."key", new."value");
END;
