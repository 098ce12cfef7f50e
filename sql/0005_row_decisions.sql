-- What people decided about single rows of a file, and where the cells of a row that is held back stand. Runs as {{owner}}.

-- The decision that holds for a row: it is applied whenever the file is cleaned. Earlier ones are in the security log.
CREATE TABLE app.row_decisions (
  client_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  sheet text NOT NULL,
  row int NOT NULL CHECK (row > 0),
  kind text NOT NULL CHECK (kind IN ('edit', 'release', 'discard')),
  -- [{ "column": 5, "text": "3" }], 0-based
  cells jsonb NOT NULL DEFAULT '[]',
  decided_by uuid NOT NULL,
  decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (upload_id, sheet, row),
  FOREIGN KEY (upload_id, client_id) REFERENCES app.uploads (id, client_id),
  FOREIGN KEY (decided_by, client_id) REFERENCES app.users (id, client_id));

-- [{ "column": 5, "heading": "QTY", "text": "three" }] in the order of the sheet, and the column that is to blame, both 0-based;
-- empty and null for rows that were held back before there was a review
ALTER TABLE app.quarantined_rows
  ADD COLUMN cells jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN bad_column int CHECK (bad_column >= 0);
