-- Who may see and do what. Identity comes from a signed context that SQL text cannot change; every table is under forced
-- row-level security; the analyst login reads four tables by column, and only rows of its client and of uploads that the
-- person who asks may see. Runs as {{owner}}; the identity functions and their key belong to {{security}}.

-- 1. schemas -----------------------------------------------------------------------------------------------------------
GRANT USAGE ON SCHEMA app TO {{security}}, {{product}}, {{audit}}, {{analyst}};

-- 2. identity ----------------------------------------------------------------------------------------------------------
GRANT SELECT (id, user_id, client_id) ON app.uploads TO {{security}};
GRANT SELECT (space_id, upload_id, client_id) ON app.space_uploads TO {{security}};
GRANT SELECT (space_id, user_id, client_id) ON app.space_members TO {{security}};
GRANT SELECT (space_id, granted_space_id, client_id) ON app.space_grants TO {{security}};

SET LOCAL ROLE {{security}};
CREATE SCHEMA sec;
GRANT USAGE ON SCHEMA sec TO {{owner}}, {{product}}, {{audit}}, {{analyst}};

-- HMAC key, split into its two padded halves; in a table because a function's body is readable by everybody
CREATE TABLE sec.context_key (
  kid int PRIMARY KEY,
  ikey bytea NOT NULL CHECK (octet_length(ikey) = 64),
  okey bytea NOT NULL CHECK (octet_length(okey) = 64),
  retired_at timestamptz);
-- second pin: what a login may ever be
CREATE TABLE sec.login_client (login name PRIMARY KEY, client_id uuid NOT NULL);

-- every doubt returns NULLs, never an error: a NULL identity means no rows
CREATE FUNCTION sec.context(OUT client_id uuid, OUT user_id uuid, OUT mode text, OUT space_id uuid)
  LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE t text := current_setting('app.ctx', true); p text[]; k record; mac text;
BEGIN
  IF t IS NULL OR length(t) > 400 THEN RETURN; END IF;
  p := string_to_array(t, '.');                   -- v1 . kid . client . user . mode . space or - . mac
  IF array_length(p, 1) IS DISTINCT FROM 7 OR p[1] <> 'v1' OR p[2] !~ '^[0-9]{1,6}$' THEN RETURN; END IF;
  SELECT * INTO k FROM sec.context_key c WHERE c.kid = p[2]::int AND c.retired_at IS NULL;
  IF NOT FOUND THEN RETURN; END IF;
  mac := encode(sha256(k.okey || sha256(k.ikey || convert_to(concat_ws('|', p[1], p[2], p[3], p[4], p[5], p[6],
           pg_backend_pid()::text, ((extract(epoch FROM transaction_timestamp()) * 1000000)::bigint)::text), 'UTF8'))), 'hex');
  -- hash both sides, so that the time of the comparison tells nothing
  IF sha256(convert_to(mac, 'UTF8')) IS DISTINCT FROM sha256(convert_to(p[7], 'UTF8')) THEN RETURN; END IF;
  PERFORM 1 FROM sec.login_client l WHERE l.login = session_user AND l.client_id = p[3]::uuid;
  IF NOT FOUND THEN RETURN; END IF;
  client_id := p[3]::uuid; user_id := p[4]::uuid; mode := p[5];
  space_id := CASE WHEN p[6] <> '-' THEN p[6]::uuid END;
END $$;

CREATE FUNCTION sec.client_id() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED
  SET search_path = pg_catalog, pg_temp AS 'SELECT (sec.context()).client_id';

-- the uploads whose rows may be seen in the signed mode; a space sees its own and those of spaces granted to it
CREATE FUNCTION sec.visible_uploads() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED
  SET search_path = pg_catalog, pg_temp AS $$
  WITH c AS (SELECT * FROM sec.context()),
  home AS (
    SELECT c.space_id FROM c WHERE c.mode = 'space'
    UNION
    SELECT m.space_id FROM c JOIN app.space_members m ON m.user_id = c.user_id AND m.client_id = c.client_id WHERE c.mode = 'direct'),
  spaces AS (
    SELECT space_id FROM home
    UNION
    SELECT g.granted_space_id FROM c JOIN app.space_grants g ON g.client_id = c.client_id JOIN home h ON h.space_id = g.space_id)
  SELECT coalesce(array_agg(u.id), '{}') FROM c JOIN app.uploads u ON u.client_id = c.client_id
  WHERE CASE c.mode
    WHEN 'client' THEN true
    WHEN 'own'    THEN u.user_id = c.user_id
    WHEN 'space'  THEN EXISTS (SELECT FROM app.space_uploads s JOIN spaces USING (space_id)
                               WHERE s.upload_id = u.id AND s.client_id = c.client_id)
    WHEN 'direct' THEN u.user_id = c.user_id
                       OR EXISTS (SELECT FROM app.space_uploads s JOIN spaces USING (space_id)
                                  WHERE s.upload_id = u.id AND s.client_id = c.client_id)
    ELSE false END $$;

-- the client of a login that needs no token: the product itself and its audit writer
CREATE FUNCTION sec.login_client_id() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED
  SET search_path = pg_catalog, pg_temp AS 'SELECT client_id FROM sec.login_client WHERE login = session_user';

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sec FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.context(), sec.client_id(), sec.visible_uploads() TO {{analyst}};
GRANT EXECUTE ON FUNCTION sec.login_client_id() TO {{product}}, {{audit}};

SET LOCAL ROLE {{owner}};

-- 3. the log of queries ------------------------------------------------------------------------------------------------
CREATE SCHEMA audit;
GRANT USAGE ON SCHEMA audit TO {{product}}, {{audit}};
CREATE TABLE audit.query_log (
  id uuid NOT NULL,
  phase text NOT NULL CHECK (phase IN ('attempt', 'outcome')),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  client_id uuid NOT NULL,
  user_id uuid NOT NULL,
  space_id uuid,
  mode text NOT NULL,
  sql text,
  fingerprint text,
  -- outcome only
  sqlstate text,
  rows int CHECK (rows >= 0),
  bytes bigint CHECK (bytes >= 0),
  ms int CHECK (ms >= 0),
  truncated boolean,
  PRIMARY KEY (id, phase));
CREATE INDEX ON audit.query_log (client_id, at);

-- 4. row-level security: every table, forced, with a policy for the product; run after every migration -----------------
CREATE PROCEDURE setup.protect_tables() LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE t record;
BEGIN
  FOR t IN SELECT c.oid::regclass AS name, c.relname,
             EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'client_id' AND NOT a.attisdropped) AS has_client,
             c.relnamespace = 'audit'::regnamespace OR c.relname IN ('questions', 'security_logs') AS append_only
           FROM pg_class c
           WHERE c.relnamespace IN ('app'::regnamespace, 'audit'::regnamespace) AND c.relkind IN ('r', 'p')
             AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'product') LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t.name);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t.name);
    EXECUTE format('CREATE POLICY product ON %s FOR %s TO {{product}} USING (%I = (SELECT sec.login_client_id()))',
                   t.name, CASE WHEN t.append_only THEN 'SELECT' ELSE 'ALL' END,
                   CASE WHEN t.has_client THEN 'client_id' ELSE 'id' END);
    IF t.append_only THEN
      -- written by the audit login alone, and never changed
      EXECUTE format('GRANT SELECT ON %s TO {{product}}', t.name);
      EXECUTE format('CREATE POLICY audit ON %s FOR INSERT TO {{audit}} WITH CHECK (client_id = (SELECT sec.login_client_id()))', t.name);
      EXECUTE format('GRANT INSERT ON %s TO {{audit}}', t.name);
    ELSE
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO {{product}}', t.name);
    END IF;
  END LOOP;
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA app TO {{product}};
  -- functions are open to everybody until somebody says otherwise
  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO {{product}};
END $$;
REVOKE ALL ON PROCEDURE setup.protect_tables() FROM PUBLIC;
CALL setup.protect_tables();

CREATE POLICY identity ON app.uploads       FOR SELECT TO {{security}} USING (true);
CREATE POLICY identity ON app.space_uploads FOR SELECT TO {{security}} USING (true);
CREATE POLICY identity ON app.space_members FOR SELECT TO {{security}} USING (true);
CREATE POLICY identity ON app.space_grants  FOR SELECT TO {{security}} USING (true);

-- 5. the analyst: (SELECT f()) makes f an InitPlan, evaluated once a statement and not once a row; IN (SELECT unnest(f()))
-- a hash table, half the time of = ANY (f()) over a million rows and a hundred uploads ------------------------------------
CREATE POLICY analyst ON app.sales_data FOR SELECT TO {{analyst}}
  USING (client_id = (SELECT sec.client_id()) AND upload_id IN (SELECT unnest(sec.visible_uploads())));
CREATE POLICY analyst ON app.uploads FOR SELECT TO {{analyst}}
  USING (client_id = (SELECT sec.client_id()) AND id IN (SELECT unnest(sec.visible_uploads())));
CREATE POLICY analyst ON app.products FOR SELECT TO {{analyst}}
  USING (client_id = (SELECT sec.client_id()));
CREATE POLICY analyst ON app.stores FOR SELECT TO {{analyst}}
  USING (client_id = (SELECT sec.client_id()));

-- by column: SELECT * of the guard's list works, ctid, xmin and the like do not, and a new column is closed until it is granted
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['sales_data', 'products', 'stores'] LOOP
    EXECUTE (SELECT format('GRANT SELECT (%s) ON app.%I TO {{analyst}}', string_agg(quote_ident(attname), ', ' ORDER BY attnum), t)
             FROM pg_attribute WHERE attrelid = ('app.' || t)::regclass AND attnum > 0 AND NOT attisdropped);
  END LOOP; END $$;
-- without hash, errors and where the file is kept
GRANT SELECT (id, client_id, user_id, file_name, vendor, status, rows_processed, rows_cleaned, created_at, completed_at)
  ON app.uploads TO {{analyst}};

-- 6. the job queue makes its own tables here ---------------------------------------------------------------------------
CREATE SCHEMA pgboss;
GRANT USAGE, CREATE ON SCHEMA pgboss TO {{product}};
