// A broken workbook -> what became of it, as a person would see it: rows, or a refusal with a sentence. Everything else is a
// finding: an error nobody expected, a limit that was passed, a process that is left.

import { globSync, readFileSync } from 'node:fs';
import { makeSheets } from '#adapters/excel/index.ts';
import { detect } from '#src/clean/detect.ts';
import type { SheetRow } from '#src/clean/sheet.ts';
import { AppError, catalogue } from '#src/errors.ts';
import { clean, headOf, TODAY, vendors } from '#test/clean/workbook.ts';
import { children, watched } from '#test/support/watch.ts';
import { type Mutant, mutate } from './mutate.ts';

/** The workbooks that are broken: every layout and every program's dialect, those that are refused included. */
export const originals: Buffer[] = globSync('test/fixtures/samples/*/*/*.xlsx')
  .sort()
  .map((path) => readFileSync(path))
  .filter((bytes) => bytes.includes('PK\x05\x06', 0, 'latin1'));

export interface Attack {
  seed: number;
  how: string[];
  /** `read`, or the code of the refusal. */
  outcome: string;
  rows: number;
  seconds: number;
  /** Above what was held before, of all processes together. */
  memoryMb: number;
  /** What is wrong with the product, not with the file; empty when all is well. */
  findings: string[];
}

const fileName = 'Sales Report 04-2025.xlsx';

export function mutantOf(seed: number): Mutant {
  return mutate(originals[seed % originals.length]!, seed);
}

export async function attack(seed: number): Promise<Attack> {
  const { bytes, how } = mutantOf(seed);
  const before = new Set(children());
  const { result, seconds, peakMb, baseMb } = await watched(() => outcomeOf(bytes));
  const findings = [...result.findings];
  if (seconds > 20) findings.push(`took ${Math.round(seconds)} s`);
  if (peakMb - baseMb > 600) findings.push(`took ${Math.round(peakMb - baseMb)} MB`);
  if (children().some((pid) => !before.has(pid))) findings.push('left a process behind');
  return { ...result, seed, how, findings, seconds, memoryMb: Math.max(0, peakMb - baseMb) };
}

async function outcomeOf(bytes: Buffer): Promise<Pick<Attack, 'outcome' | 'rows' | 'findings'>> {
  try {
    return { outcome: 'read', rows: await readAndCleaned(bytes), findings: [] };
  } catch (error) {
    if (!(error instanceof AppError)) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { outcome: 'error', rows: 0, findings: [text] };
    }
    const findings = [];
    if (!(error.code in catalogue)) findings.push(`the code ${error.code} is unknown`);
    if (/[{}]/.test(error.message + error.hint)) findings.push(`a sentence with a gap: ${error.message}`);
    if (!error.message.includes(fileName)) findings.push(`a sentence without the file's name: ${error.message}`);
    return { outcome: error.code, rows: 0, findings };
  }
}

/** Reads every sheet, and cleans the one that looks like a report. */
async function readAndCleaned(bytes: Buffer): Promise<number> {
  const book = await makeSheets().open({ name: fileName, bytes });
  try {
    const sheets = [];
    let count = 0;
    for (const { name, hidden } of book.sheets) {
      const rows: SheetRow[] = [];
      for await (const batch of book.rows(name)) rows.push(...batch);
      sheets.push({ name, hidden, rows });
      count += rows.length;
    }
    const head = headOf(fileName, sheets);
    const { vendor, sheet } = detect(head, vendors);
    const rows = sheets.find(({ name }) => name === sheet)?.rows;
    if (vendor && sheet && rows) clean({ head, vendor, sheet, rows, products: [], today: TODAY });
    return count;
  } finally {
    await book.close();
  }
}
