-- Rows and their pieces in one pass over the rows: taken apart and put together again they took two, and a product of both where the
-- planner knew nothing of the tables yet. Runs as {{owner}}.

CREATE OR REPLACE VIEW app.sales_by_store WITH (security_invoker = true) AS
SELECT s.client_id, s.upload_id, s.reseller, CASE WHEN t.store IS NULL THEN s.store ELSE t.store END AS store, s.channel,
       s.product_ean, s.functional_name, s.raw_product, s.brand, s.year, s.month, s.sales_date, s.week_ending,
       CASE WHEN t.store IS NULL THEN s.quantity ELSE t.quantity END AS quantity,
       -- money is shared out by pieces
       CASE WHEN t.store IS NULL THEN s.sales_amount_local ELSE s.sales_amount_local * t.quantity / nullif(s.quantity, 0) END AS sales_amount_local,
       s.currency,
       CASE WHEN t.store IS NULL THEN s.sales_amount_base ELSE s.sales_amount_base * t.quantity / nullif(s.quantity, 0) END AS sales_amount_base,
       s.amount_basis, s.amount_estimated
FROM app.sales_data s
LEFT JOIN app.store_split t
  ON (t.stands_for, t.year, t.month, t.raw_product) = (s.upload_id, s.year, s.month, s.raw_product);
