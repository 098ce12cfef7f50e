-- Layouts that people have taught: definitions as text, in versions that nobody changes afterwards. Runs as {{owner}}.

-- Meant for the same and never written to.
DROP TABLE app.vendors;

CREATE TABLE app.taught_vendors (
  client_id uuid NOT NULL REFERENCES app.clients,
  id text NOT NULL CHECK (id ~ '^[a-z][a-z0-9_]*$'),
  version int NOT NULL CHECK (version > 0),
  -- a vendor definition, as the files in src/vendors are
  yaml text NOT NULL CHECK (yaml <> ''),
  -- the upload that it was taught with
  sample_upload_id uuid NOT NULL,
  taught_by uuid NOT NULL,
  taught_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (client_id, id, version),
  FOREIGN KEY (sample_upload_id, client_id) REFERENCES app.uploads (id, client_id),
  FOREIGN KEY (taught_by, client_id) REFERENCES app.users (id, client_id));

-- As setup.protect_tables() would, but without the rights to change or delete: a version is what files were cleaned by.
ALTER TABLE app.taught_vendors ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.taught_vendors FORCE ROW LEVEL SECURITY;
CREATE POLICY product ON app.taught_vendors FOR ALL TO {{product}} USING (client_id = (SELECT sec.login_client_id()));
GRANT SELECT, INSERT ON app.taught_vendors TO {{product}};
