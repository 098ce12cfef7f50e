-- Pieces by store in the place of their rows, as one relation to ask: nothing is counted twice, since a row stands in it either whole
-- or in pieces. A growing workbook may bring the pieces of a month long after its rows: they stand for the rows in force, if they
-- come to them. Runs as {{owner}}.

-- the upload whose rows they take the place of; null while they are out of force
ALTER TABLE app.store_split ADD COLUMN stands_for uuid;
ALTER TABLE app.store_split ADD FOREIGN KEY (stands_for, client_id) REFERENCES app.uploads (id, client_id);
CREATE INDEX ON app.store_split (client_id, stands_for);

-- forced row-level security hides the rows from whoever migrates, too
CREATE POLICY filling ON app.store_split TO {{owner}} USING (true);
UPDATE app.store_split SET stands_for = upload_id;
DROP POLICY filling ON app.store_split;
GRANT SELECT (stands_for) ON app.store_split TO {{analyst}};

-- Asked with the rights of whoever asks, so that it shows what the two tables show.
CREATE VIEW app.sales_by_store WITH (security_invoker = true) AS
SELECT s.client_id, s.upload_id, s.reseller, s.store, s.channel, s.product_ean, s.functional_name, s.raw_product, s.brand,
       s.year, s.month, s.sales_date, s.week_ending, s.quantity, s.sales_amount_local, s.currency, s.sales_amount_base,
       s.amount_basis, s.amount_estimated
FROM app.sales_data s
WHERE NOT EXISTS (SELECT FROM app.store_split t
                  WHERE (t.stands_for, t.year, t.month, t.raw_product) = (s.upload_id, s.year, s.month, s.raw_product))
UNION ALL
-- money is shared out by pieces
SELECT s.client_id, s.upload_id, s.reseller, t.store, s.channel, s.product_ean, s.functional_name, s.raw_product, s.brand,
       s.year, s.month, s.sales_date, s.week_ending, t.quantity, s.sales_amount_local * t.quantity / nullif(s.quantity, 0), s.currency,
       s.sales_amount_base * t.quantity / nullif(s.quantity, 0), s.amount_basis, s.amount_estimated
FROM app.store_split t
JOIN app.sales_data s ON (t.stands_for, t.year, t.month, t.raw_product) = (s.upload_id, s.year, s.month, s.raw_product);
GRANT SELECT (client_id, upload_id, reseller, store, channel, product_ean, functional_name, raw_product, brand, year, month, sales_date,
              week_ending, quantity, sales_amount_local, currency, sales_amount_base, amount_basis, amount_estimated)
  ON app.sales_by_store TO {{analyst}};
