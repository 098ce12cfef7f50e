-- Answers that somebody has looked at and called right, and what a question meant when it was asked. Runs as {{owner}}.

-- The same for every wording of the same question; null where nothing was answered.
ALTER TABLE app.questions ADD COLUMN meaning text;

CREATE TABLE app.verified_questions (
  client_id uuid NOT NULL REFERENCES app.clients,
  meaning text NOT NULL CHECK (meaning <> ''),
  -- as it was asked
  question text NOT NULL,
  sql text NOT NULL,
  verified_by uuid NOT NULL,
  verified_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (client_id, meaning),
  FOREIGN KEY (verified_by, client_id) REFERENCES app.users (id, client_id));

-- One row for every statement that changed what questions see, so that a known answer is known to be still right. Whoever commits
-- later than others with a smaller id changes the count, so id and count together are a version.
CREATE TABLE app.data_changes (
  client_id uuid NOT NULL REFERENCES app.clients,
  id bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (client_id, id));

CREATE FUNCTION app.note_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- a superuser belongs to no client
  INSERT INTO app.data_changes (client_id)
  SELECT c.id FROM app.clients c WHERE c.id = (SELECT coalesce(sec.login_client_id(), c.id));
  RETURN NULL;
END $$;

CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON app.sales_data FOR EACH STATEMENT EXECUTE FUNCTION app.note_change();
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON app.products FOR EACH STATEMENT EXECUTE FUNCTION app.note_change();
