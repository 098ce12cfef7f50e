// What is counted of sales_data stays what is there, whatever way rows come, change and go.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { testDatabase } from '../../support/database.ts';

const database = await testDatabase();

const counted = `
  SELECT 'month' AS of, upload_id::text, reseller, store, channel, currency, period::text, rows, unpriced, estimated FROM app.sales_coverage
  UNION ALL SELECT 'name', upload_id::text, functional_name, brand, null, null, null, rows, null, null FROM app.sales_names ORDER BY 1, 2, 3, 4, 5, 6, 7`;
const there = `
  SELECT 'month' AS of, upload_id::text, reseller, store, channel, currency, make_date(year, month, 1)::text AS period, count(*)::int AS rows,
         (count(*) FILTER (WHERE sales_amount_base IS NULL))::int AS unpriced, (count(*) FILTER (WHERE amount_estimated))::int AS estimated
  FROM app.sales_data GROUP BY 1, 2, 3, 4, 5, 6, 7
  UNION ALL SELECT 'name', upload_id::text, functional_name, brand, null, null, null, count(*)::int, null, null
  FROM app.sales_data GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4, 5, 6, 7`;

async function same(): Promise<number> {
  const [kept, real] = [await database.pool.query(counted), await database.pool.query(there)];
  expect(kept.rows).toEqual(real.rows);
  return kept.rows.length;
}

test('counts follow the rows through inserts, changes of every column that is counted, and deletes', async () => {
  const user = randomUUID();
  await database.pool.query(
    "INSERT INTO app.users (id, client_id, email, role) VALUES ($1, $2, 'counts@example.com', 'admin')",
    [user, database.clientId],
  );
  const uploads = [randomUUID(), randomUUID(), randomUUID()];
  for (const [place, id] of uploads.entries()) {
    await database.pool.query(
      "INSERT INTO app.uploads (id, client_id, user_id, file_name, hash, status, completed_at) VALUES ($1, $2, $3, $4::text, encode(sha256($4::text::bytea), 'hex'), 'completed', now())",
      [id, database.clientId, user, `counts ${place}`],
    );
  }
  // Any row of any upload, with and without the names that may be missing.
  await database.pool.query(
    `INSERT INTO app.sales_data (client_id, upload_id, reseller, store, channel, functional_name, brand, year, month, sales_date, quantity,
       sales_amount_local, currency, sales_amount_base, amount_estimated)
     SELECT $1, ($2::uuid[])[1 + n % 3], 'Shop ' || n % 2, CASE WHEN n % 5 > 0 THEN 'Store ' || n % 5 END, CASE WHEN n % 4 = 0 THEN 'online' END,
       CASE WHEN n % 7 > 0 THEN 'Name ' || n % 7 END, CASE WHEN n % 3 > 0 THEN 'Brand' END, 2025, 1 + n % 12, make_date(2025, 1 + n % 12, 1 + n % 28), 1,
       10, 'EUR', CASE WHEN n % 6 > 0 THEN 10 END, n % 8 = 0
     FROM generate_series(1, 500) n`,
    [database.clientId, uploads],
  );
  expect(await same()).toBeGreaterThan(50);
  const changes = [
    "UPDATE app.sales_data SET sales_amount_base = 5, fx_source = 'x' WHERE sales_amount_base IS NULL AND month < 6",
    "UPDATE app.sales_data SET functional_name = 'Another', brand = NULL WHERE functional_name = 'Name 2' OR functional_name IS NULL",
    "UPDATE app.sales_data SET reseller = 'Shop 9', currency = 'GBP', store = NULL WHERE store = 'Store 1'",
    'UPDATE app.sales_data SET amount_estimated = NOT amount_estimated WHERE quantity = 1 AND month = 3',
    'UPDATE app.sales_data SET quantity = 2 WHERE false',
    "DELETE FROM app.sales_data WHERE month = 7 OR reseller = 'Shop 9'",
    `DELETE FROM app.sales_data WHERE upload_id = '${uploads[0]}'`,
  ];
  for (const change of changes) {
    await database.pool.query(change);
    await same();
  }
  await database.pool.query('DELETE FROM app.sales_data');
  expect(await same()).toBe(0);
});
