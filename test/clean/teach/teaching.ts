// Layouts of the tests -> what is proposed for them, and what they give by that.

import { type Choices, noChoices, type Proposal } from '#src/clean/teach/proposal.ts';
import { propose } from '#src/clean/teach/propose.ts';
import type { VendorDefinition } from '#src/vendors/vendor.ts';
import { clean, headOf, TODAY, vendors } from '../workbook.ts';
import type { Layout } from './layouts.ts';

export function proposed(layout: Layout, choices: Partial<Choices> = {}, taught: VendorDefinition[] = []): Proposal {
  const found = offer(layout, choices, taught);
  if ('refused' in found) throw new Error(JSON.stringify(found.refused));
  return found;
}

export function offer(
  { file, sheets }: Layout,
  choices: Partial<Choices>,
  taught: VendorDefinition[] = [],
  base: VendorDefinition | null = null,
) {
  const rows = new Map(sheets.map((each) => [each.name, each.rows]));
  const known = { shipped: vendors, taught };
  return propose({ head: headOf(file, sheets), rows, known, choices: { ...noChoices, ...choices }, base });
}

/** Field -> heading. */
export function columnsOf(proposal: Proposal): Record<string, string> {
  return Object.fromEntries(proposal.columns.map(({ field, heading }) => [field, heading]));
}

export function asked(proposal: Proposal): string[] {
  return proposal.questions.filter(({ needed }) => needed).map(({ about }) => about);
}

/** What the file gives by the definition that was proposed. */
export function cleaned({ file, sheets }: Layout, proposal: Proposal, period: Choices['period'] = null) {
  const { rows } = sheets.find(({ name }) => name === proposal.sheet)!;
  const vendor = proposal.definition!;
  const head = headOf(file, sheets);
  return clean({ head, vendor, sheet: proposal.sheet, rows, products: [], today: TODAY, period });
}
