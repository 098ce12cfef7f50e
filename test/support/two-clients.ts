// Two clients in one database, three people, two channels and a handful of sales. Everything that no question of the
// first client may ever bring to light carries the word FOREIGN or the amount 999999.

import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Principal } from '#src/ports.ts';
import type { TestDatabase } from './database.ts';

const id = (digit: string) =>
  `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`;

export const foreignClient = id('b');
export const people = { ana: id('2'), alice: id('3'), bea: id('4') };
export const spaces = { sales: id('5'), board: id('6'), foreign: id('7') };
/** By whom, and shared where: ana's in `sales`, alice's nowhere, alice's in `board`, bea's is the other client's. */
export const uploads = { ana: id('8'), alice: id('9'), board: id('a'), foreign: id('c') };

/** Amounts by which a test recognises whose rows it sees: ana 1, alice 10, board 100, foreign 999999. */
export const amounts = { ana: 1, alice: 10, board: 100, foreign: 999_999 };

export async function plantTwoClients(database: TestDatabase): Promise<void> {
  await asSuperuser(database, async (client) => {
    const ours = database.clientId;
    await client.query('INSERT INTO app.clients (id, name, base_currency) VALUES ($1, $2, $3)', [
      foreignClient,
      'FOREIGN',
      'EUR',
    ]);
    for (const [name, person, of] of [
      ['ana', people.ana, ours],
      ['alice', people.alice, ours],
      ['bea.foreign', people.bea, foreignClient],
    ]) {
      await client.query('INSERT INTO app.users (id, client_id, email) VALUES ($1, $2, $3)', [
        person,
        of,
        `${name}@example.com`,
      ]);
    }
    for (const [name, space, of] of [
      ['sales', spaces.sales, ours],
      ['board', spaces.board, ours],
      ['FOREIGN', spaces.foreign, foreignClient],
    ]) {
      await client.query('INSERT INTO app.spaces (id, client_id, name) VALUES ($1, $2, $3)', [space, of, name]);
    }
    for (const [name, upload, of, person] of [
      ['ana.xlsx', uploads.ana, ours, people.ana],
      ['alice.xlsx', uploads.alice, ours, people.alice],
      ['board.xlsx', uploads.board, ours, people.alice],
      ['FOREIGN.xlsx', uploads.foreign, foreignClient, people.bea],
    ]) {
      await client.query(
        "INSERT INTO app.uploads (id, client_id, user_id, file_name, hash, status) VALUES ($1, $2, $3, $4, $5, 'completed')",
        [upload, of, person, name, createHash('sha256').update(String(name)).digest('hex')],
      );
    }
    for (const [space, upload, of] of [
      [spaces.sales, uploads.ana, ours],
      [spaces.board, uploads.board, ours],
      [spaces.foreign, uploads.foreign, foreignClient],
    ]) {
      await client.query('INSERT INTO app.space_uploads (space_id, upload_id, client_id) VALUES ($1, $2, $3)', [
        space,
        upload,
        of,
      ]);
    }
    for (const [space, person, of] of [
      [spaces.sales, people.ana, ours],
      [spaces.sales, people.alice, ours],
      [spaces.foreign, people.bea, foreignClient],
    ]) {
      await client.query('INSERT INTO app.space_members (space_id, user_id, client_id) VALUES ($1, $2, $3)', [
        space,
        person,
        of,
      ]);
    }
    for (const [name, of] of [
      ['mine', ours],
      ['FOREIGN', foreignClient],
    ]) {
      await client.query(
        "INSERT INTO app.products (id, client_id, ean, name) VALUES (gen_random_uuid(), $1, '4006381333931', $2)",
        [of, name],
      );
    }
    for (const [reseller, upload, of, amount] of [
      ['Ana shop', uploads.ana, ours, amounts.ana],
      ['Alice shop', uploads.alice, ours, amounts.alice],
      ['Board shop', uploads.board, ours, amounts.board],
      ['FOREIGN', uploads.foreign, foreignClient, amounts.foreign],
    ]) {
      await insertSale(client, { reseller, upload, of, amount });
    }
  });
}

/** One connection past every rule. */
export async function asSuperuser<T>(database: TestDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function principal(
  database: TestDatabase,
  person: keyof typeof people,
  mode: Principal['mode'],
  space: keyof typeof spaces | null = null,
): Principal {
  return {
    clientId: database.clientId,
    userId: people[person],
    email: `${person}@example.com`,
    role: 'viewer',
    spaceId: space === null ? '' : spaces[space],
    mode,
  };
}

async function insertSale(
  client: pg.Client,
  sale: { reseller: unknown; upload: unknown; of: unknown; amount: unknown },
): Promise<void> {
  await client.query(
    `INSERT INTO app.sales_data (client_id, upload_id, reseller, year, month, sales_date, quantity,
       sales_amount_local, sales_amount_base, currency)
     VALUES ($1, $2, $3, 2025, 3, '2025-03-01', 1, $4, $4, 'EUR')`,
    [sale.of, sale.upload, sale.reseller, sale.amount],
  );
}
