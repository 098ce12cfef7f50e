-- The same figures once more, by store: what some reports state beside their figures by product. Never added to those: a question
-- about stores takes the pieces in the place of their row. Products, rates and what is in force are the row's, now as ever, and a
-- piece is worth its share of the row. Runs as {{owner}}.

CREATE TABLE app.store_split (
  client_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  -- as the rows of the same upload call the product
  raw_product text NOT NULL,
  year int NOT NULL,
  month int NOT NULL,
  store text NOT NULL CHECK (store <> ''),
  quantity numeric NOT NULL,
  PRIMARY KEY (upload_id, raw_product, year, month, store),
  FOREIGN KEY (upload_id, client_id) REFERENCES app.uploads (id, client_id));

CREATE POLICY analyst ON app.store_split FOR SELECT TO {{analyst}} USING (
  client_id = (SELECT sec.client_id())
  AND ((SELECT (sec.context()).mode = 'client') OR upload_id IN (SELECT unnest(sec.visible_uploads()))));
GRANT SELECT (client_id, upload_id, raw_product, year, month, store, quantity) ON app.store_split TO {{analyst}};
