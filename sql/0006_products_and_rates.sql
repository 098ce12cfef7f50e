-- Products that a file names by code or text, and amounts whose rate came later. Runs as {{owner}}.

-- What names the product in a file that gives no EAN: it stays, whatever the product list makes of it, so that the same file is
-- the same before and after a match. Null where the file gives the EAN; for older rows functional_name says it.
ALTER TABLE app.processed_data ADD COLUMN product_in_file text;
-- The rows that a match may change. By scope, not by text, which may be longer than an index holds.
CREATE INDEX processed_data_by_list ON app.processed_data (client_id, scope_id)
  WHERE product_ean IS NULL OR product_in_file IS NOT NULL;

-- A code belongs to its product in any case; two products may share one, and then nobody but a person can tell them apart.
CREATE INDEX ON app.products (client_id, lower(functional_name));
ALTER TABLE app.product_aliases ADD CHECK (raw_text <> '');

-- What a re-conversion changed, for each rate that it replaced: nobody has to trust a figure that used to be another.
CREATE TABLE app.fx_conversions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  client_id uuid NOT NULL REFERENCES app.clients,
  upload_id uuid NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  -- null where the amounts had waited for a rate
  old_rate numeric CHECK (old_rate > 0),
  old_source text,
  new_rate numeric NOT NULL CHECK (new_rate > 0),
  new_source text NOT NULL,
  rows int NOT NULL CHECK (rows > 0),
  -- of those, the rows that count in answers
  rows_in_force int NOT NULL CHECK (rows_in_force BETWEEN 0 AND rows),
  -- sums over the rows, in the file's currency and in the base currency before and after
  amount_local numeric,
  base_before numeric,
  base_after numeric,
  converted_by uuid NOT NULL,
  converted_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (upload_id, client_id) REFERENCES app.uploads (id, client_id),
  FOREIGN KEY (converted_by, client_id) REFERENCES app.users (id, client_id));
CREATE INDEX ON app.fx_conversions (client_id, converted_at);
