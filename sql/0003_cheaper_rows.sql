-- The big tables at half the price a row: one index where two said nearly the same, one look at a statement's rows instead of
-- two, and checks without regular expressions. (Storing 100,000 rows: see README.md.) Runs as {{owner}}.

-- 1. keys that serve as the index that questions and reviews need
ALTER TABLE app.processed_data DROP CONSTRAINT processed_data_pkey, ADD PRIMARY KEY (upload_id, id);
DROP INDEX app.processed_data_upload_id_idx;
ALTER TABLE app.transform_logs DROP CONSTRAINT transform_logs_pkey, ADD PRIMARY KEY (upload_id, id);
DROP INDEX app.transform_logs_upload_id_idx;
-- months arrive one after the other, so a summary of each stretch of the table finds them nearly as well as a tree
DROP INDEX app.sales_data_client_id_sales_date_idx;
CREATE INDEX ON app.sales_data USING brin (sales_date) WITH (pages_per_range = 32);
-- a product's rows are found in a scan of the table as fast as most questions take anyway; this index cost a fifth of loading
DROP INDEX app.sales_data_client_id_functional_name_idx;

-- 2. the same rules, said cheaper
ALTER TABLE app.sales_data
  DROP CONSTRAINT sales_data_product_ean_check,
  ADD CONSTRAINT sales_data_product_ean_check CHECK (length(product_ean) = 13 AND translate(product_ean, '0123456789', '') = ''),
  DROP CONSTRAINT sales_data_check,
  ADD CONSTRAINT sales_data_check CHECK (sales_date >= make_date(year, month, 1) AND sales_date < make_date(year + month / 12, month % 12 + 1, 1)),
  DROP CONSTRAINT sales_data_currency_check;

-- 3. every row belongs to a scope of its own upload and client, and its currency is a code: once for each that a statement adds
CREATE FUNCTION app.check_rows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE wrong text;
BEGIN
  SELECT CASE WHEN a.currency !~ '^[A-Z]{3}$' THEN 'a currency is no code of three letters'
              WHEN a.scope_id IS NULL THEN 'a row belongs to no upload of its client'
              ELSE 'a row belongs to no scope of its upload' END
  INTO wrong
  FROM (SELECT DISTINCT scope_id, upload_id, client_id, currency FROM added) a
  WHERE a.currency !~ '^[A-Z]{3}$'
     OR (a.scope_id IS NULL AND NOT EXISTS (SELECT FROM app.uploads u WHERE (u.id, u.client_id) = (a.upload_id, a.client_id)))
     OR (a.scope_id IS NOT NULL AND NOT EXISTS (SELECT FROM app.upload_scopes s
                                                WHERE (s.id, s.upload_id, s.client_id) = (a.scope_id, a.upload_id, a.client_id)))
  LIMIT 1;
  IF FOUND THEN
    RAISE foreign_key_violation USING MESSAGE = wrong;
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER check_upload ON app.processed_data;
DROP TRIGGER check_scope ON app.processed_data;
DROP TRIGGER check_upload ON app.sales_data;
DROP TRIGGER check_scope ON app.sales_data;
DROP FUNCTION app.check_scope();
CREATE TRIGGER check_rows AFTER INSERT ON app.processed_data REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.check_rows();
CREATE TRIGGER check_rows AFTER INSERT ON app.sales_data REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.check_rows();
