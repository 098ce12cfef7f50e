// Exchange rates on the command line: what is kept, what comes in, and amounts converted anew.

import type { EuroRate, Reconversion } from '../../clean/lists/rates.ts';
import type { Period } from '../../clean/types.ts';
import type { Message } from '../../message/message.ts';
import type { Ports, Principal } from '../../ports.ts';
import { fetchRates, importRates, type NewRates, reconvert } from '../../usecases/reference/rates.ts';
import type { ListFile } from '../../usecases/reference/read-rows.ts';
import type { Reply } from '../ingest.ts';
import { refusedBlocks, said } from './replies.ts';

export async function rates(ports: Pick<Ports, 'rates'>, currency: string | null): Promise<Reply> {
  const document = (await ports.rates.list(currency)).map(rateDocument);
  if (document.length === 0)
    return said(document, currency === null ? 'No rate is kept.' : `No rate is kept for ${currency}.`);
  const message: Message = {
    title: 'Exchange rates',
    blocks: [
      {
        kind: 'table',
        columns: [
          { key: 'currency', label: 'Currency', kind: 'text' },
          { key: 'month', label: 'Month', kind: 'text' },
          { key: 'shown', label: 'EUR for one unit', kind: 'text' },
          { key: 'source', label: 'Source', kind: 'text' },
        ],
        // A rate has more decimals than any amount.
        rows: document.map((rate) => ({ ...rate, shown: String(rate.eur_per_unit) })),
      },
    ],
  };
  return { document, message, failed: false };
}

function rateDocument({ currency, year, month, eurPerUnit, source }: EuroRate) {
  return { currency, month: monthText(year, month), eur_per_unit: eurPerUnit, source };
}

export async function ratesImport(
  ports: Pick<Ports, 'rates' | 'sheets' | 'audit'>,
  file: ListFile,
  by: Principal,
): Promise<Reply> {
  return newRates(await importRates(ports, file, by));
}

export async function ratesFetch(ports: Pick<Ports, 'rates' | 'rateSource' | 'audit'>, by: Principal): Promise<Reply> {
  return newRates(await fetchRates(ports, by));
}

function newRates(done: NewRates): Reply {
  const { from, added, changed, unchanged, kept, refused } = done;
  const counts = [`${added} added`, `${changed} changed`, `${unchanged} as before`];
  if (kept > 0) counts.push(`${kept} left out, because a file was imported for them`);
  if (refused.length > 0) counts.push(`${refused.length} refused`);
  const next = added + changed > 0 ? ' Stored amounts stay as they are until: taskifai reconvert.' : '';
  const reply = said(done, `${from}: ${counts.join(', ')}.${next}`);
  reply.message.blocks.push(...refusedBlocks(refused));
  return { ...reply, failed: added + changed + unchanged + kept === 0 };
}

/** @param only null for all */
export async function reconversion(
  ports: Pick<Ports, 'rates' | 'reference' | 'audit'>,
  only: { month: Period | null; currency: string | null },
  by: Principal,
): Promise<Reply> {
  const { base, conversions, missing } = await reconvert(ports, only, by);
  const document = { base, conversions: conversions.map(conversionDocument), missing };
  const waiting = missing.length === 0 ? '' : ` There is still no rate for ${missing.join(', ')}.`;
  if (conversions.length === 0) return said(document, `Every amount stands under the rate that is known.${waiting}`);
  const rows = conversions.reduce((sum, each) => sum + each.rows, 0);
  const message: Message = {
    title: `Converted anew to ${base}`,
    blocks: [
      { kind: 'text', text: `${rows} stored rows have a new amount in ${base}.${waiting}` },
      {
        kind: 'table',
        columns: [
          { key: 'currency', label: 'Currency', kind: 'text' },
          { key: 'month', label: 'Month', kind: 'text' },
          { key: 'old', label: 'Old rate', kind: 'text' },
          { key: 'new', label: 'New rate', kind: 'text' },
          { key: 'rows', label: 'Rows', kind: 'number', format: 'integer' },
          { key: 'base_before', label: 'Before', kind: 'number', format: 'decimal' },
          { key: 'base_after', label: 'After', kind: 'number', format: 'decimal' },
        ],
        rows: document.conversions.map((each) => ({
          ...each,
          old: String(each.old_rate ?? 'none'),
          new: String(each.new_rate),
        })),
      },
    ],
  };
  return { document, message, failed: false };
}

function conversionDocument(each: Reconversion) {
  return {
    upload_id: each.uploadId,
    currency: each.currency,
    month: monthText(each.year, each.month),
    old_rate: each.oldRate,
    old_source: each.oldSource,
    new_rate: each.newRate,
    new_source: each.newSource,
    rows: each.rows,
    rows_in_force: each.rowsInForce,
    amount_local: each.amountLocal,
    base_before: each.baseBefore,
    base_after: each.baseAfter,
  };
}

function monthText(year: number, month: number): string {
  return `${year}-${String(month).padStart(2, '0')}`;
}
