// Exchange rates, and stored amounts under them: what a re-conversion replaces is kept beside who did it, and when.

import type pg from 'pg';
import type { EuroRate, RateInUse, Reconversion } from '#src/clean/lists/rates.ts';
import type { MonthlyRate } from '#src/clean/types.ts';
import type { Principal, Rates } from '#src/ports.ts';
import { transaction } from '../stores/transaction.ts';
import { lockAllVendors } from './lock.ts';

/** @param pool the product's login, pinned to `clientId` */
export function makeRates({ pool, clientId }: { pool: pg.Pool; clientId: string }): Rates {
  const base = async () => {
    const sql = 'SELECT base_currency FROM app.clients WHERE id = $1';
    const { rows } = await pool.query<{ base_currency: string }>(sql, [clientId]);
    if (!rows[0]) throw new Error('the client is not stored');
    return rows[0].base_currency;
  };
  return {
    base,
    async list(currency) {
      const { rows } = await pool.query<EuroRate>(
        `SELECT currency, extract(year FROM month)::int AS year, extract(month FROM month)::int AS month,
                eur_per_unit::float8 AS "eurPerUnit", source
         FROM app.fx_rates WHERE client_id = $1 AND ($2::text IS NULL OR currency = $2) ORDER BY fx_rates.month DESC, currency`,
        [clientId, currency],
      );
      return rows;
    },
    async store(rates) {
      await pool.query(
        `INSERT INTO app.fx_rates (client_id, currency, month, eur_per_unit, source)
         SELECT $1, * FROM unnest($2::text[], $3::date[], $4::numeric[], $5::text[])
         ON CONFLICT (client_id, currency, month) DO UPDATE SET eur_per_unit = excluded.eur_per_unit, source = excluded.source`,
        [
          clientId,
          rates.map(({ currency }) => currency),
          rates.map(firstDay),
          rates.map(({ eurPerUnit }) => eurPerUnit),
          rates.map(({ source }) => source),
        ],
      );
    },
    async inUse() {
      const { rows } = await pool.query<RateInUse>(
        `SELECT currency, extract(year FROM sales_date)::int AS year, extract(month FROM sales_date)::int AS month,
                fx_rate::float8 AS rate, count(*)::int AS rows
         FROM app.processed_data WHERE client_id = $1 AND currency <> $2 GROUP BY 1, 2, 3, fx_rate ORDER BY 1, 2, 3`,
        [clientId, await base()],
      );
      return rows;
    },
    reconvert: (rates, by) => transaction(pool, (client) => reconvert(client, clientId, rates, by)),
  };
}

async function reconvert(
  client: pg.PoolClient,
  clientId: string,
  rates: MonthlyRate[],
  by: Principal,
): Promise<Reconversion[]> {
  if (rates.length === 0) return [];
  await lockAllVendors(client, clientId);
  const given = [
    clientId,
    rates.map(({ currency }) => currency),
    rates.map(firstDay),
    rates.map(({ rate }) => rate),
    rates.map(({ source }) => source),
  ];
  const from = `FROM unnest($2::text[], $3::date[], $4::numeric[], $5::text[]) AS n (currency, month, rate, source)
    WHERE t.client_id = $1 AND t.currency = n.currency AND t.sales_date >= n.month AND t.sales_date < n.month + interval '1 month'
      AND t.fx_rate IS DISTINCT FROM n.rate`;
  // Every part of the statement sees the rows as they were before it.
  const { rows } = await client.query<Reconversion>(
    `WITH before AS (
       SELECT t.id, t.upload_id, t.scope_id, t.currency, n.month, t.fx_rate, t.fx_source, n.rate, n.source, t.sales_amount_local, t.sales_amount_base
       ${from.replace('FROM unnest', 'FROM app.processed_data t, unnest')}),
     changed AS (
       UPDATE app.processed_data p SET fx_rate = b.rate, fx_source = b.source, sales_amount_base = p.sales_amount_local * b.rate
       FROM before b WHERE p.id = b.id),
     kept AS (
       INSERT INTO app.fx_conversions (client_id, upload_id, currency, month, old_rate, old_source, new_rate, new_source, rows,
         rows_in_force, amount_local, base_before, base_after, converted_by)
       SELECT $1, b.upload_id, b.currency, b.month, b.fx_rate, b.fx_source, b.rate, b.source, count(*),
         count(*) FILTER (WHERE s.state = 'loaded'), sum(b.sales_amount_local), sum(b.sales_amount_base), sum(b.sales_amount_local * b.rate), $6
       FROM before b JOIN app.upload_scopes s ON s.id = b.scope_id
       GROUP BY b.upload_id, b.currency, b.month, b.fx_rate, b.fx_source, b.rate, b.source
       RETURNING *)
     SELECT upload_id AS "uploadId", currency, extract(year FROM month)::int AS year, extract(month FROM month)::int AS month,
       old_rate::float8 AS "oldRate", old_source AS "oldSource", new_rate::float8 AS "newRate", new_source AS "newSource", rows,
       rows_in_force AS "rowsInForce", amount_local::float8 AS "amountLocal", base_before::float8 AS "baseBefore", base_after::float8 AS "baseAfter"
     FROM kept ORDER BY currency, kept.month, upload_id`,
    [...given, by.userId],
  );
  await client.query(
    `UPDATE app.sales_data t SET fx_rate = n.rate, fx_source = n.source, sales_amount_base = t.sales_amount_local * n.rate ${from}
       AND t.scope_id IS NOT NULL`,
    given,
  );
  return rows;
}

function firstDay({ year, month }: { year: number; month: number }): string {
  return `${year}-${String(month).padStart(2, '0')}-01`;
}
