-- The tables. Every one has client_id; what belongs to an upload refers to it together with its client, so that a row can
-- never hang on another client's upload. Indexes that a question can use begin with client_id. Runs as {{owner}}.

CREATE SCHEMA app;

-- 1. people and places -------------------------------------------------------------------------------------------------
CREATE TABLE app.clients (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (name <> ''),
  base_currency text NOT NULL CHECK (base_currency ~ '^[A-Z]{3}$'),
  created_at timestamptz NOT NULL DEFAULT now());

CREATE TABLE app.users (
  id uuid PRIMARY KEY,
  client_id uuid NOT NULL REFERENCES app.clients,
  email text NOT NULL CHECK (email = lower(email) AND email LIKE '%_@_%'),
  role text NOT NULL DEFAULT 'viewer' CHECK (role IN ('viewer', 'contributor', 'admin')),
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (client_id, email),
  UNIQUE (id, client_id));

-- who somebody is on a platform
CREATE TABLE app.identities (
  client_id uuid NOT NULL,
  platform text NOT NULL CHECK (platform IN ('console', 'web', 'slack', 'teams')),
  platform_user_id text NOT NULL,
  user_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (client_id, platform, platform_user_id),
  FOREIGN KEY (user_id, client_id) REFERENCES app.users (id, client_id));

-- a conversation: a channel, a group chat, a direct message, the web, the console
CREATE TABLE app.spaces (
  id uuid PRIMARY KEY,
  client_id uuid NOT NULL REFERENCES app.clients,
  conversation text NOT NULL DEFAULT gen_random_uuid()::text,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (client_id, conversation),
  UNIQUE (id, client_id));

CREATE TABLE app.space_members (
  space_id uuid NOT NULL,
  user_id uuid NOT NULL,
  client_id uuid NOT NULL,
  PRIMARY KEY (space_id, user_id),
  FOREIGN KEY (space_id, client_id) REFERENCES app.spaces (id, client_id),
  FOREIGN KEY (user_id, client_id) REFERENCES app.users (id, client_id));

-- a space that may see what was shared in another one
CREATE TABLE app.space_grants (
  space_id uuid NOT NULL,
  granted_space_id uuid NOT NULL,
  client_id uuid NOT NULL,
  PRIMARY KEY (space_id, granted_space_id),
  CHECK (space_id <> granted_space_id),
  FOREIGN KEY (space_id, client_id) REFERENCES app.spaces (id, client_id),
  FOREIGN KEY (granted_space_id, client_id) REFERENCES app.spaces (id, client_id));

-- 2. what the client knows beside the files ----------------------------------------------------------------------------
CREATE TABLE app.products (
  id uuid PRIMARY KEY,
  client_id uuid NOT NULL REFERENCES app.clients,
  ean text CHECK (ean ~ '^[0-9]{13}$'),
  functional_name text,
  name text,
  brand text,
  list_price numeric(12, 2) CHECK (list_price >= 0),
  -- false: met in a file, and nobody has said yet that it is a product
  confirmed boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (coalesce(ean, functional_name, name) IS NOT NULL),
  UNIQUE (client_id, ean),
  UNIQUE (id, client_id));

CREATE TABLE app.product_aliases (
  client_id uuid NOT NULL,
  vendor text NOT NULL,
  -- the vendor's own text for the product, normalised
  raw_text text NOT NULL,
  product_id uuid NOT NULL,
  confirmed_by uuid,
  confirmed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (client_id, vendor, raw_text),
  FOREIGN KEY (product_id, client_id) REFERENCES app.products (id, client_id),
  FOREIGN KEY (confirmed_by, client_id) REFERENCES app.users (id, client_id));

CREATE TABLE app.stores (
  client_id uuid NOT NULL REFERENCES app.clients,
  reseller text NOT NULL,
  identifier text NOT NULL,
  name text NOT NULL,
  type text CHECK (type IN ('physical', 'online')),
  country text CHECK (country ~ '^[A-Z]{2}$'),
  PRIMARY KEY (client_id, reseller, identifier));

-- definitions of layouts; the files that ship with the product are not copied here
CREATE TABLE app.vendors (
  client_id uuid NOT NULL REFERENCES app.clients,
  id text NOT NULL CHECK (id ~ '^[a-z][a-z0-9_]*$'),
  version int NOT NULL CHECK (version > 0),
  definition jsonb NOT NULL,
  created_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (client_id, id, version),
  FOREIGN KEY (created_by, client_id) REFERENCES app.users (id, client_id));

CREATE TABLE app.fx_rates (
  client_id uuid NOT NULL REFERENCES app.clients,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$' AND currency <> 'EUR'),
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  eur_per_unit numeric NOT NULL CHECK (eur_per_unit > 0),
  source text NOT NULL,
  PRIMARY KEY (client_id, currency, month));

-- 3. uploads -----------------------------------------------------------------------------------------------------------
CREATE TABLE app.uploads (
  id uuid PRIMARY KEY,
  client_id uuid NOT NULL REFERENCES app.clients,
  user_id uuid NOT NULL,
  space_id uuid,
  file_name text NOT NULL CHECK (file_name <> '' AND length(file_name) <= 255),
  -- SHA-256 of the bytes
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  size bigint NOT NULL DEFAULT 0 CHECK (size >= 0),
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'completed', 'needs_vendor',
    'needs_decision', 'duplicate', 'refused', 'failed', 'undone')),
  vendor text,
  rows_processed int CHECK (rows_processed >= 0),
  rows_cleaned int CHECK (rows_cleaned BETWEEN 0 AND rows_processed),
  processing_time_ms int CHECK (processing_time_ms >= 0),
  error_code text,
  error text,
  receipt jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  FOREIGN KEY (user_id, client_id) REFERENCES app.users (id, client_id),
  FOREIGN KEY (space_id, client_id) REFERENCES app.spaces (id, client_id),
  UNIQUE (id, client_id));
CREATE INDEX ON app.uploads (client_id, hash);
CREATE INDEX ON app.uploads (client_id, created_at);

CREATE TABLE app.space_uploads (
  space_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  client_id uuid NOT NULL,
  PRIMARY KEY (upload_id, space_id),
  FOREIGN KEY (space_id, client_id) REFERENCES app.spaces (id, client_id),
  FOREIGN KEY (upload_id, client_id) REFERENCES app.uploads (id, client_id));

-- the original workbook, encrypted
CREATE TABLE app.upload_files (
  upload_id uuid PRIMARY KEY,
  client_id uuid NOT NULL,
  encrypted bytea NOT NULL,
  FOREIGN KEY (upload_id, client_id) REFERENCES app.uploads (id, client_id));

CREATE TABLE app.processing_logs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  step text NOT NULL,
  status text NOT NULL CHECK (status IN ('started', 'completed', 'failed')),
  details jsonb NOT NULL DEFAULT '{}',
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  FOREIGN KEY (upload_id, client_id) REFERENCES app.uploads (id, client_id));
CREATE INDEX ON app.processing_logs (upload_id, id);

-- what an upload says about one reseller, store and month, and whether that counts
CREATE TABLE app.upload_scopes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  vendor text NOT NULL,
  reseller text NOT NULL,
  -- '' where a report owns the whole month of the reseller
  store text NOT NULL DEFAULT '',
  period date NOT NULL CHECK (extract(day FROM period) = 1),
  state text NOT NULL CHECK (state IN ('loaded', 'unchanged', 'differs', 'superseded', 'undone')),
  rows int NOT NULL CHECK (rows > 0),
  quantity numeric NOT NULL,
  amount numeric,
  currency text NOT NULL,
  -- what it took the place of, to be put back when it is undone
  replaced_scope_id bigint REFERENCES app.upload_scopes,
  FOREIGN KEY (upload_id, client_id) REFERENCES app.uploads (id, client_id));
-- nothing is ever counted twice: one scope in force for a vendor, reseller, store and month
CREATE UNIQUE INDEX upload_scopes_in_force ON app.upload_scopes (client_id, vendor, reseller, store, period) WHERE state = 'loaded';
CREATE INDEX ON app.upload_scopes (upload_id);

-- 4. rows --------------------------------------------------------------------------------------------------------------
-- Quantities are numeric: some resellers sell by weight. Amounts are unrounded; rounding is for display.
-- A foreign key costs some 10 µs a row, more than the row itself; the big tables check a whole statement at once instead.

CREATE FUNCTION app.check_upload() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT DISTINCT upload_id, client_id FROM added) a
             WHERE NOT EXISTS (SELECT FROM app.uploads u WHERE (u.id, u.client_id) = (a.upload_id, a.client_id))) THEN
    RAISE foreign_key_violation USING MESSAGE = 'a row belongs to no upload of its client';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION app.check_scope() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM (SELECT DISTINCT scope_id, upload_id, client_id FROM added WHERE scope_id IS NOT NULL) a
             WHERE NOT EXISTS (SELECT FROM app.upload_scopes s
                               WHERE (s.id, s.upload_id, s.client_id) = (a.scope_id, a.upload_id, a.client_id))) THEN
    RAISE foreign_key_violation USING MESSAGE = 'a row belongs to no scope of its upload';
  END IF;
  RETURN NULL;
END $$;

-- every clean row of every upload, kept when it no longer counts
CREATE TABLE app.processed_data (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  scope_id bigint NOT NULL,
  source_sheet text NOT NULL,
  source_row int NOT NULL CHECK (source_row > 0),
  reseller text NOT NULL,
  store text,
  channel text,
  product_ean text,
  functional_name text,
  raw_product text,
  sales_date date NOT NULL,
  quantity numeric NOT NULL,
  sales_amount_local numeric,
  currency text NOT NULL,
  sales_amount_base numeric,
  fx_rate numeric,
  fx_source text,
  amount_basis text NOT NULL);
CREATE INDEX ON app.processed_data (upload_id);

-- the facts in force
CREATE TABLE app.sales_data (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  scope_id bigint,
  reseller text NOT NULL CHECK (reseller <> ''),
  store text,
  channel text,
  product_ean text CHECK (product_ean ~ '^[0-9]{13}$'),
  functional_name text,
  raw_product text,
  brand text,
  year int NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  month int NOT NULL CHECK (month BETWEEN 1 AND 12),
  sales_date date NOT NULL,
  quantity numeric NOT NULL,
  sales_amount_local numeric,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  sales_amount_base numeric,
  fx_rate numeric CHECK (fx_rate > 0),
  fx_source text,
  amount_basis text NOT NULL DEFAULT 'unknown' CHECK (amount_basis IN ('gross', 'net', 'unknown')),
  source_sheet text,
  source_row int,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (extract(year FROM sales_date) = year AND extract(month FROM sales_date) = month),
  CHECK (sales_amount_base IS NULL OR sales_amount_local IS NOT NULL));
-- few indexes: each costs a tenth of loading, and a reseller's share of the rows is too large for one of its own
CREATE INDEX ON app.sales_data (client_id, sales_date);
CREATE INDEX ON app.sales_data (client_id, functional_name);

CREATE TABLE app.quarantined_rows (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  source_sheet text NOT NULL,
  source_row int NOT NULL,
  reason_code text NOT NULL,
  reason text NOT NULL,
  raw jsonb NOT NULL,
  state text NOT NULL DEFAULT 'held' CHECK (state IN ('held', 'released', 'discarded')),
  FOREIGN KEY (upload_id, client_id) REFERENCES app.uploads (id, client_id));
CREATE INDEX ON app.quarantined_rows (upload_id, id);

-- one row for every cell whose stored value is not what the cell held
CREATE TABLE app.transform_logs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  sheet text NOT NULL,
  row int NOT NULL,
  column_name text NOT NULL,
  cell text NOT NULL,
  original text,
  cleaned text,
  rule text NOT NULL);
CREATE INDEX ON app.transform_logs (upload_id);

CREATE TRIGGER check_upload AFTER INSERT ON app.processed_data REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.check_upload();
CREATE TRIGGER check_scope AFTER INSERT ON app.processed_data REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.check_scope();
CREATE TRIGGER check_upload AFTER INSERT ON app.sales_data REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.check_upload();
CREATE TRIGGER check_scope AFTER INSERT ON app.sales_data REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.check_scope();
CREATE TRIGGER check_upload AFTER INSERT ON app.transform_logs REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.check_upload();

-- 5. records that nobody changes (the audit login inserts, the product reads) --------------------------------------------
CREATE TABLE app.questions (
  id uuid PRIMARY KEY,
  client_id uuid NOT NULL,
  user_id uuid NOT NULL,
  space_id uuid,
  question text NOT NULL,
  sql text,
  kind text NOT NULL CHECK (kind IN ('answer', 'clarify', 'refuse', 'error')),
  engine text NOT NULL CHECK (engine IN ('offline', 'model', 'verified')),
  rows int NOT NULL CHECK (rows >= 0),
  ms int NOT NULL CHECK (ms >= 0),
  cost_usd numeric CHECK (cost_usd >= 0),
  at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE INDEX ON app.questions (client_id, at);

CREATE TABLE app.security_logs (
  id uuid PRIMARY KEY,
  client_id uuid NOT NULL,
  user_id uuid,
  kind text NOT NULL,
  details jsonb NOT NULL DEFAULT '{}',
  at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE INDEX ON app.security_logs (client_id, at);
