-- What there is in sales_data, counted: whose months, and which names. A question needs to know it before and beside its own figure,
-- and must not read every row for it. Kept by triggers, so that no way of changing rows can forget it. Runs as {{owner}}.

CREATE TABLE app.sales_coverage (
  client_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  reseller text NOT NULL,
  store text,
  channel text,
  currency text NOT NULL,
  -- the first of the month
  period date NOT NULL,
  rows int NOT NULL,
  -- rows without an amount in the base currency
  unpriced int NOT NULL,
  -- rows whose amount is an estimate
  estimated int NOT NULL);
CREATE UNIQUE INDEX ON app.sales_coverage (upload_id, reseller, store, channel, currency, period) NULLS NOT DISTINCT;

CREATE TABLE app.sales_names (
  client_id uuid NOT NULL,
  upload_id uuid NOT NULL,
  functional_name text,
  brand text,
  rows int NOT NULL);
CREATE UNIQUE INDEX ON app.sales_names (upload_id, functional_name, brand) NULLS NOT DISTINCT;

CREATE FUNCTION app.count_rows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE app.sales_coverage c
    SET rows = c.rows - r.rows, unpriced = c.unpriced - r.unpriced, estimated = c.estimated - r.estimated
    FROM (SELECT upload_id, reseller, store, channel, currency, make_date(year, month, 1) AS period, count(*)::int AS rows,
                 (count(*) FILTER (WHERE sales_amount_base IS NULL))::int AS unpriced,
                 (count(*) FILTER (WHERE amount_estimated))::int AS estimated
          FROM removed GROUP BY 1, 2, 3, 4, 5, 6) r
    WHERE (c.upload_id, c.reseller, c.currency, c.period) = (r.upload_id, r.reseller, r.currency, r.period)
      AND c.store IS NOT DISTINCT FROM r.store AND c.channel IS NOT DISTINCT FROM r.channel;
    UPDATE app.sales_names n SET rows = n.rows - r.rows
    FROM (SELECT upload_id, functional_name, brand, count(*)::int AS rows FROM removed GROUP BY 1, 2, 3) r
    WHERE n.upload_id = r.upload_id
      AND n.functional_name IS NOT DISTINCT FROM r.functional_name AND n.brand IS NOT DISTINCT FROM r.brand;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO app.sales_coverage AS c (client_id, upload_id, reseller, store, channel, currency, period, rows, unpriced, estimated)
    SELECT client_id, upload_id, reseller, store, channel, currency, make_date(year, month, 1), count(*),
           count(*) FILTER (WHERE sales_amount_base IS NULL), count(*) FILTER (WHERE amount_estimated)
    FROM added GROUP BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (upload_id, reseller, store, channel, currency, period) DO UPDATE
    SET rows = c.rows + excluded.rows, unpriced = c.unpriced + excluded.unpriced, estimated = c.estimated + excluded.estimated;
    INSERT INTO app.sales_names AS n (client_id, upload_id, functional_name, brand, rows)
    SELECT client_id, upload_id, functional_name, brand, count(*) FROM added GROUP BY 1, 2, 3, 4
    ON CONFLICT (upload_id, functional_name, brand) DO UPDATE SET rows = n.rows + excluded.rows;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM app.sales_coverage WHERE rows = 0 AND upload_id IN (SELECT upload_id FROM removed);
    DELETE FROM app.sales_names WHERE rows = 0 AND upload_id IN (SELECT upload_id FROM removed);
  END IF;
  RETURN NULL;
END $$;

-- forced row-level security hides the rows from whoever migrates, too
CREATE POLICY filling ON app.sales_data FOR SELECT TO {{owner}} USING (true);
INSERT INTO app.sales_coverage (client_id, upload_id, reseller, store, channel, currency, period, rows, unpriced, estimated)
SELECT client_id, upload_id, reseller, store, channel, currency, make_date(year, month, 1), count(*),
       count(*) FILTER (WHERE sales_amount_base IS NULL), count(*) FILTER (WHERE amount_estimated)
FROM app.sales_data GROUP BY 1, 2, 3, 4, 5, 6, 7;
INSERT INTO app.sales_names (client_id, upload_id, functional_name, brand, rows)
SELECT client_id, upload_id, functional_name, brand, count(*) FROM app.sales_data GROUP BY 1, 2, 3, 4;
DROP POLICY filling ON app.sales_data;

CREATE TRIGGER count_added AFTER INSERT ON app.sales_data REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION app.count_rows();
CREATE TRIGGER count_removed AFTER DELETE ON app.sales_data REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION app.count_rows();
CREATE TRIGGER count_changed AFTER UPDATE ON app.sales_data REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION app.count_rows();

-- Seen as the rows are that they count.
CREATE POLICY analyst ON app.sales_coverage FOR SELECT TO {{analyst}}
  USING (client_id = (SELECT sec.client_id()) AND upload_id IN (SELECT unnest(sec.visible_uploads())));
CREATE POLICY analyst ON app.sales_names FOR SELECT TO {{analyst}}
  USING (client_id = (SELECT sec.client_id()) AND upload_id IN (SELECT unnest(sec.visible_uploads())));
GRANT SELECT (client_id, upload_id, reseller, store, channel, currency, period, rows, unpriced, estimated)
  ON app.sales_coverage TO {{analyst}};
GRANT SELECT (client_id, upload_id, functional_name, brand, rows) ON app.sales_names TO {{analyst}};
