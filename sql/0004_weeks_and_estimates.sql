-- Weekly reports: what they own is a week of a month, so two weeks of one month stand side by side. And money that is a share of
-- a larger sum is marked as that. Runs as {{owner}}.

ALTER TABLE app.processed_data ADD COLUMN week_ending date, ADD COLUMN amount_estimated boolean NOT NULL DEFAULT false;
ALTER TABLE app.sales_data ADD COLUMN week_ending date, ADD COLUMN amount_estimated boolean NOT NULL DEFAULT false;
GRANT SELECT (week_ending, amount_estimated) ON app.sales_data TO {{analyst}};

-- null where the report owns the whole month
ALTER TABLE app.upload_scopes ADD COLUMN week_ending date;
DROP INDEX app.upload_scopes_in_force;
CREATE UNIQUE INDEX upload_scopes_in_force
  ON app.upload_scopes (client_id, vendor, reseller, store, period, coalesce(week_ending, 'infinity')) WHERE state = 'loaded';
