// The door to Excel: reads workbooks from strangers in a process of their own, writes workbooks for people.

import type { Sheets, Workbooks } from '#src/ports.ts';
import { openWorkbook } from './open-workbook.ts';
import { writeWorkbook } from './write-workbook.ts';

export interface SheetsOptions {
  /** How long one workbook may keep us waiting. */
  maxSeconds?: number;
  /** How large the reading process may become. */
  maxMemoryMb?: number;
  /** Where a file lies while it is opened; the system's folder for such files otherwise. */
  tempDir?: string;
  /** Larger files are refused unread; no limit of its own otherwise. */
  maxBytes?: number;
  /** 500 otherwise: looking for the report in so many takes some seconds, in which nobody else is answered. */
  maxSheets?: number;
  /** 600,000 otherwise: what can be read, cleaned and stored in about half a minute. */
  maxRows?: number;
}

export function makeSheets(options: SheetsOptions = {}): Sheets {
  const limits = {
    maxSeconds: options.maxSeconds ?? 18,
    maxMemoryMb: options.maxMemoryMb ?? 512,
    tempDir: options.tempDir ?? null,
    maxBytes: options.maxBytes ?? null,
    maxSheets: options.maxSheets ?? 500,
    maxRows: options.maxRows ?? 600_000,
  };
  return { open: (file) => openWorkbook(file, limits) };
}

export function makeWorkbooks(): Workbooks {
  return { write: writeWorkbook };
}
