-- Full-text search over the conversations: messages as they stand, and titles. As with memories_fts the text stays in
-- its table, triggers keep the index in step, and every run of migrations ends by rebuilding it.
CREATE VIRTUAL TABLE messages_fts USING fts5(
  "content",
  content = 'messages',
  content_rowid = 'rowid',
  tokenize = 'porter unicode61 remove_diacritics 2'
);
--> statement-breakpoint
CREATE TRIGGER messages_fts_insert AFTER INSERT ON messages BEGIN
  INSERT INTO messages_fts (rowid, "content") VALUES (new.rowid, new."content");
END;
--> statement-breakpoint
CREATE TRIGGER messages_fts_delete AFTER DELETE ON messages BEGIN
  INSERT INTO messages_fts (messages_fts, rowid, "content") VALUES ('delete', old.rowid, old."content");
END;
--> statement-breakpoint
CREATE TRIGGER messages_fts_update AFTER UPDATE OF "content" ON messages BEGIN
  INSERT INTO messages_fts (messages_fts, rowid, "content") VALUES ('delete', old.rowid, old."content");
  INSERT INTO messages_fts (rowid, "content") VALUES (new.rowid, new."content");
END;
