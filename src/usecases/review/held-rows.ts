// The rows of an upload that are held back, by reason, with what a person here can do and what a vendor is to send.

import type { QuarantinedRow } from '../../clean/types.ts';
import type { Ports, Principal, UploadRecord } from '../../ports.ts';
import { findOwn } from '../undo-upload.ts';

export interface HeldGroup {
  reasonCode: string;
  /** What the person who reviews can do. */
  hint: string;
  /** What the sender is asked for. */
  needed: string;
  rows: QuarantinedRow[];
}

/** Most rows first. Throws when the upload is not this person's. */
export async function heldRows(
  ports: Pick<Ports, 'uploads' | 'batches'>,
  uploadId: string,
  by: Principal,
): Promise<{ upload: UploadRecord; groups: HeldGroup[] }> {
  const upload = await findOwn(ports, uploadId, by);
  const groups = new Map<string, HeldGroup>();
  for (const row of await ports.batches.quarantined(upload.id)) {
    const { reasonCode } = row;
    const group = groups.get(reasonCode) ?? { reasonCode, ...adviceOn(reasonCode), rows: [] };
    group.rows.push(row);
    groups.set(reasonCode, group);
  }
  return { upload, groups: [...groups.values()].sort((a, b) => b.rows.length - a.rows.length) };
}

const correct = 'Correct the cell, or discard the row.';
const release = 'Correct the EAN; release the row if what stands there is a code of its own; or discard it.';
const date = 'the date as year, month and day, for example 2025-04-30';
const month = 'the month and the year of the sale';

const advice: Record<string, { hint: string; needed: string }> = {
  missing_ean: { hint: release, needed: 'the EAN of the product' },
  invalid_ean: { hint: release, needed: 'the EAN of the product (13 digits, with a right check digit)' },
  ean_precision_lost: { hint: release, needed: 'the whole EAN, in a cell that is formatted as text' },
  missing_product: { hint: correct, needed: 'the EAN, the code or the name of the product' },
  missing_quantity: { hint: correct, needed: 'the quantity' },
  invalid_quantity: { hint: correct, needed: 'the quantity as a whole number' },
  invalid_amount: { hint: correct, needed: 'the amount as a number' },
  ambiguous_number: { hint: correct, needed: 'the figure as a number, so that thousands and decimals are plain' },
  currency_mismatch: { hint: correct, needed: 'the amount in the currency of the report' },
  invalid_currency: { hint: correct, needed: 'the currency, for example EUR' },
  invalid_month: { hint: correct, needed: 'the month as a number from 1 to 12' },
  invalid_year: { hint: correct, needed: 'the year in four digits' },
  invalid_date: { hint: correct, needed: date },
  ambiguous_date: { hint: correct, needed: date },
  missing_period: { hint: correct, needed: month },
  period_conflict: { hint: correct, needed: 'a date that lies in the month of the row' },
  future_period: { hint: correct, needed: month },
  only_a_total: { hint: correct, needed: 'the figures that make up the total' },
  text_too_long: { hint: correct, needed: 'the name of the product alone' },
};

function adviceOn(reasonCode: string): { hint: string; needed: string } {
  return advice[reasonCode] ?? { hint: correct, needed: 'a value that can be read' };
}
