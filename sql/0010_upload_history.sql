-- What the sheet of each upload looked like, so that the next file of the same vendor can be compared with it. Runs as {{owner}}.

CREATE TABLE app.upload_columns (
  client_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  -- 0-based, as in the sheet
  position int NOT NULL CHECK (position >= 0),
  heading text NOT NULL CHECK (heading <> ''),
  -- what most of its cells held, and the middle one of its numbers by size or of its texts by length
  holds text NOT NULL CHECK (holds IN ('numbers', 'dates', 'text', 'nothing')),
  typical numeric CHECK (typical >= 0),
  PRIMARY KEY (upload_id, position),
  FOREIGN KEY (upload_id, client_id) REFERENCES app.uploads (id, client_id));
