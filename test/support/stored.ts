// The stores over a test database, with a person in a conversation, and rows made by hand.

import { makeStores } from '#adapters/postgres/index.ts';
import type { ConversationId } from '#src/chat/event.ts';
import type { ConvertedRow } from '#src/clean/types.ts';
import type { Batch, BatchChunk, Principal, Role } from '#src/ports.ts';
import type { TestDatabase } from './database.ts';

export function storesOf(database: TestDatabase, visibility: 'own' | 'space' | 'client' = 'space') {
  return makeStores(database, {
    clientId: database.clientId,
    encryptionKey: database.encryptionKey,
    visibility,
    isDirect: (conversation) => !conversation.includes('#'),
  });
}

export async function person(
  database: TestDatabase,
  email = 'ann@example.com',
  conversation = 'console:local',
  role: Role = 'admin',
): Promise<Principal> {
  const { directory } = storesOf(database);
  await directory.addUser({ email, role });
  const sender = { platform: 'console' as const, id: email, email, displayName: null };
  const principal = await directory.principal(sender, conversation as ConversationId);
  if (!principal) throw new Error('expected a principal');
  return principal;
}

/** Opens an upload and returns its id; the bytes are its name. */
export async function openUpload(database: TestDatabase, principal: Principal, name: string): Promise<string> {
  const { upload } = await storesOf(database).uploads.open({ name, bytes: Buffer.from(name), principal });
  return upload.id;
}

/** A row of `Shop` for one month; what the test does not care about is filled in. */
export function saleOf(
  month: string,
  quantity: number,
  amount: number | null,
  more: Partial<ConvertedRow> = {},
): ConvertedRow {
  return {
    sheet: 'Sales',
    row: 2,
    productEan: '4006381333931',
    functionalName: 'SOAP100',
    rawProduct: 'Soap 100 g',
    productInFile: null,
    year: Number(month.slice(0, 4)),
    month: Number(month.slice(5)),
    salesDate: `${month}-01`,
    weekEnding: null,
    quantity,
    amountLocal: amount,
    amountEstimated: false,
    currency: 'EUR',
    amountBasis: 'net',
    reseller: 'Shop',
    store: null,
    channel: null,
    amountBase: amount,
    fxRate: amount === null ? null : 1,
    fxSource: null,
    ...more,
  };
}

/** A batch that comes in chunks of two rows. */
export function batchOf(
  uploadId: string,
  rows: ConvertedRow[],
  more: Partial<Omit<Batch, 'chunks'> & Omit<BatchChunk, 'rows'>> = {},
): Batch {
  const { quarantined = [], fixes = [], split = [], ...choices } = more;
  async function* chunks(): AsyncGenerator<BatchChunk> {
    for (let from = 0; from < rows.length; from += 2) {
      yield { rows: rows.slice(from, from + 2), quarantined: [], fixes: [], split: [] };
    }
    yield { rows: [], quarantined, fixes, split };
  }
  return { uploadId, vendor: 'shop', scopeByStore: false, onDifference: 'hold', chunks: chunks(), ...choices };
}
