-- The original workbook in parts, each encrypted by itself: a large file never has to be in memory several times over.
-- Runs as {{owner}}.

ALTER TABLE app.upload_files
  ADD COLUMN part int NOT NULL DEFAULT 0 CHECK (part >= 0),
  DROP CONSTRAINT upload_files_pkey,
  ADD PRIMARY KEY (upload_id, part);
ALTER TABLE app.upload_files ALTER COLUMN part DROP DEFAULT;
