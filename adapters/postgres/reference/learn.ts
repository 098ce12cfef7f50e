// Changes of the product list -> the list, and the rows that are stored already: those whose name is now known get their
// product, those whose product is called otherwise get its new name. Each row that changes is in the transform log.

import type pg from 'pg';
import type { NamedProduct, ProductChange } from '#src/clean/products/listed.ts';
import { AppError } from '#src/errors.ts';
import type { Principal } from '#src/ports.ts';
import { lockAllVendors } from './lock.ts';

interface Lesson {
  changes: ProductChange[];
  names: NamedProduct[];
  rule: string;
  by: Principal;
}

export async function learn(
  client: pg.PoolClient,
  clientId: string,
  { changes, names, rule, by }: Lesson,
): Promise<{ rows: number }> {
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${clientId} products`]);
  const ids = await storeChanges(client, clientId, changes, by).catch(metMeanwhile);
  // No file comes into force, or leaves it, from here on. Not before: a file that is being stored may hold one of the products,
  // and would wait for these locks in turn.
  await lockAllVendors(client, clientId);
  await renameRows(client, clientId, ids);
  return { rows: await nameRows(client, clientId, names, rule) };
}

function metMeanwhile(error: unknown): never {
  if ((error as { code?: unknown }).code !== '23505') throw error;
  const reason = 'a file or another list that came in at this moment brought one of the products; try again';
  throw new AppError('DATA_INVALID', { reason }, { cause: error });
}

async function storeChanges(
  client: pg.PoolClient,
  clientId: string,
  changes: ProductChange[],
  by: Principal,
): Promise<string[]> {
  if (changes.length === 0) return [];
  const { rows: ids } = await client.query<{ id: string }>(
    `WITH given AS (
       SELECT coalesce(id, gen_random_uuid()) AS id, ean, functional_name, name, brand, list_price, place
       FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::numeric[])
         WITH ORDINALITY AS g (id, ean, functional_name, name, brand, list_price, place)),
     stored AS (
       INSERT INTO app.products (id, client_id, ean, functional_name, name, brand, list_price, confirmed)
       SELECT id, $1, ean, functional_name, name, brand, list_price, true FROM given
       ON CONFLICT (id) DO UPDATE SET ean = excluded.ean, functional_name = excluded.functional_name, name = excluded.name,
         brand = excluded.brand, list_price = excluded.list_price, confirmed = true)
     SELECT id FROM given ORDER BY place`,
    [
      clientId,
      changes.map(({ id }) => id),
      changes.map(({ ean }) => ean),
      changes.map(({ functionalName }) => functionalName),
      changes.map(({ name }) => name),
      changes.map(({ brand }) => brand),
      changes.map(({ listPrice }) => listPrice),
    ],
  );
  const aliases = changes.flatMap((change, place) => change.aliases.map((alias) => ({ ...alias, id: ids[place]!.id })));
  await client.query(
    `INSERT INTO app.product_aliases (client_id, vendor, raw_text, product_id, confirmed_by)
     SELECT $1, vendor, raw_text, product_id, $5 FROM unnest($2::text[], $3::text[], $4::uuid[]) AS a (vendor, raw_text, product_id)
     ON CONFLICT (client_id, vendor, raw_text)
       DO UPDATE SET product_id = excluded.product_id, confirmed_by = excluded.confirmed_by, confirmed_at = now()`,
    [
      clientId,
      aliases.map(({ vendor }) => vendor),
      aliases.map(({ text }) => text),
      aliases.map(({ id }) => id),
      by.userId,
    ],
  );
  return ids.map(({ id }) => id);
}

/** What the list calls a product is its name in every answer. */
async function renameRows(client: pg.PoolClient, clientId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await client.query(
    `UPDATE app.sales_data d SET functional_name = coalesce(l.functional_name, l.name, d.functional_name), brand = l.brand
     FROM app.products l
     WHERE d.client_id = $1 AND l.client_id = $1 AND l.id = ANY ($2) AND d.product_ean = l.ean
       AND (d.functional_name, d.brand) IS DISTINCT FROM (coalesce(l.functional_name, l.name, d.functional_name), l.brand)`,
    [clientId, ids],
  );
}

/** @returns how many stored rows changed */
async function nameRows(client: pg.PoolClient, clientId: string, names: NamedProduct[], rule: string): Promise<number> {
  if (names.length === 0) return 0;
  await client.query(
    `CREATE TEMP TABLE named (upload_id uuid, scope_id bigint, sheet text, row int, raw_product text, ean text, functional_name text, brand text)
     ON COMMIT DROP`,
  );
  // Texts that may be null are compared as '': only an equality can be hashed. Nobody has counted what was just given: the
  // planner would go through a scope's rows once for each name.
  await client.query('SET LOCAL enable_nestloop = off');
  const { rowCount } = await client.query(
    `WITH given AS (
       SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
         AS g (vendor, raw_product, in_file, ean, functional_name, brand)),
     changed AS (
       UPDATE app.processed_data p
       SET product_in_file = coalesce(p.product_in_file, p.functional_name, ''), product_ean = g.ean, functional_name = g.functional_name
       FROM given g, app.upload_scopes s
       WHERE p.client_id = $1 AND s.id = p.scope_id AND s.vendor = g.vendor AND (p.product_ean IS NULL OR p.product_in_file IS NOT NULL)
         AND coalesce(p.raw_product, '') = g.raw_product AND coalesce(p.product_in_file, p.functional_name, '') = g.in_file
         AND (p.product_ean, p.functional_name) IS DISTINCT FROM (g.ean, g.functional_name)
       RETURNING p.upload_id, p.scope_id, p.source_sheet, p.source_row, p.raw_product, g.ean, g.functional_name, g.brand)
     INSERT INTO named SELECT * FROM changed`,
    [
      clientId,
      names.map(({ name }) => name.vendor),
      names.map(({ name }) => name.rawProduct ?? ''),
      names.map(({ name }) => name.productInFile ?? ''),
      names.map(({ ean }) => ean),
      names.map(({ functionalName }) => functionalName),
      names.map(({ brand }) => brand),
    ],
  );
  // The match is about the row as a whole: where the product stands in it differs from layout to layout.
  await client.query(
    `INSERT INTO app.transform_logs (client_id, upload_id, sheet, row, column_name, cell, original, cleaned, rule)
     SELECT DISTINCT $1::uuid, upload_id, sheet, row, 'product', row || ':' || row, raw_product, concat_ws(' ', ean, functional_name), $2 FROM named`,
    [clientId, rule],
  );
  await client.query(
    `UPDATE app.sales_data d SET product_ean = n.ean, functional_name = n.functional_name, brand = n.brand
     FROM (SELECT DISTINCT scope_id, sheet, row, ean, functional_name, brand FROM named) n
     WHERE d.client_id = $1 AND (d.scope_id, d.source_sheet, d.source_row) = (n.scope_id, n.sheet, n.row)`,
    [clientId],
  );
  await client.query('SET LOCAL enable_nestloop = on');
  return rowCount ?? 0;
}
