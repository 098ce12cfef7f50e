// The client's own row and the rates that ship with the product -> the database. Safe to run at every start: rates that
// somebody imported for the same month stay as they are.

import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type pg from 'pg';

interface RateLine {
  month: string;
  currency: string;
  eur_per_unit: string;
  dates: string;
}

export async function ensureClient(
  pool: pg.Pool,
  client: { clientId: string; clientName: string; baseCurrency: string },
): Promise<void> {
  await pool.query(
    `INSERT INTO app.clients (id, name, base_currency) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, base_currency = excluded.base_currency
     WHERE (clients.name, clients.base_currency) IS DISTINCT FROM (excluded.name, excluded.base_currency)`,
    [client.clientId, client.clientName, client.baseCurrency],
  );
}

/** Monthly means of published daily rates; the dates that went into a mean are part of its source. */
export async function seedRates(pool: pg.Pool, clientId: string): Promise<void> {
  const text = await readFile(new URL('../../../sql/seed/fx-monthly-rates.csv', import.meta.url), 'utf8');
  const lines = parse(text, { columns: true, skip_empty_lines: true }) as RateLine[];
  const { rows } = await pool.query<{ n: string }>(
    "SELECT count(*) AS n FROM app.fx_rates WHERE client_id = $1 AND source LIKE 'currency-api %'",
    [clientId],
  );
  if (Number(rows[0]?.n) >= lines.length) return;
  await pool.query(
    `INSERT INTO app.fx_rates (client_id, currency, month, eur_per_unit, source)
     SELECT $1, * FROM unnest($2::text[], $3::date[], $4::numeric[], $5::text[])
     ON CONFLICT DO NOTHING`,
    [
      clientId,
      lines.map((line) => line.currency),
      lines.map((line) => `${line.month}-01`),
      lines.map((line) => line.eur_per_unit),
      lines.map((line) => `currency-api ${line.dates}`),
    ],
  );
}
