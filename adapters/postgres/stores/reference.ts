// What the client knows beside the files: the product list and the exchange rates.

import type pg from 'pg';
import type { KnownProduct, MonthlyRate } from '#src/clean/types.ts';
import type { Reference } from '#src/ports.ts';

/** @param pool the product's login, pinned to `clientId` */
export function makeReference({ pool, clientId }: { pool: pg.Pool; clientId: string }): Reference {
  return {
    async products() {
      // A name that was only met in a file is not the client's own: another file may know a better one.
      const { rows } = await pool.query<KnownProduct>(
        `SELECT p.ean, coalesce(p.functional_name, p.name) AS "functionalName", p.brand, coalesce(a.aliases, '[]') AS aliases
         FROM app.products p
         LEFT JOIN (SELECT product_id, json_agg(json_build_object('vendor', vendor, 'text', raw_text)) AS aliases
                    FROM app.product_aliases WHERE client_id = $1 GROUP BY 1) a ON a.product_id = p.id
         WHERE p.client_id = $1 AND p.confirmed AND coalesce(p.functional_name, p.name) IS NOT NULL`,
        [clientId],
      );
      return rows;
    },
    async rates(currencies, base) {
      const wanted = currencies.filter((currency) => currency !== base);
      if (wanted.length === 0) return [];
      // The table holds euros for one unit; another base goes through the euro of the same month.
      const { rows } = await pool.query<Omit<MonthlyRate, 'rate'> & { rate: string }>(
        `WITH euro AS (
           SELECT currency, month, eur_per_unit, source FROM app.fx_rates WHERE client_id = $1
           UNION ALL
           SELECT 'EUR', m.month, 1, NULL FROM (SELECT DISTINCT month FROM app.fx_rates WHERE client_id = $1) m)
         SELECT f.currency, extract(year FROM f.month)::int AS year, extract(month FROM f.month)::int AS month,
                f.eur_per_unit / b.eur_per_unit AS rate, concat_ws(' / ', f.source, b.source) AS source
         FROM euro f JOIN euro b ON b.month = f.month AND b.currency = $3
         WHERE f.currency = ANY ($2)`,
        [clientId, wanted, base],
      );
      return rows.map((row) => ({ ...row, rate: Number(row.rate) }));
    },
  };
}
