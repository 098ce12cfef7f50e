// The beginning of a workbook into the vendor whose layout it has, with reasons. Headings and sheets count before
// names. Refuses to choose when two vendors come close or nothing is certain: then a person is asked.

import type { Probe, VendorDefinition } from '../vendors/vendor.ts';
import { isComplete, locate, type TablePlace } from './locate.ts';
import { cellName, type SheetHead, type WorkbookHead } from './sheet.ts';
import { knowsCurrency } from './values/currency-known.ts';
import { fileWords, sheetRank } from './values/names.ts';
import { cellText, headingKey, wordsOf } from './values/text.ts';

export interface Detection {
  outcome: 'recognised' | 'unsure' | 'unknown';
  vendor: VendorDefinition | null;
  /** The sheet to read; null unless recognised. */
  sheet: string | null;
  /** Best first; score 0 to 1. */
  candidates: { id: string; name: string; score: number; reasons: string[] }[];
}

const HEADINGS = 0.6;
const SHEET = 0.15;
const FILE_NAME = 0.15;
const PROBE = 0.1;
/** From here a layout counts as recognised, if no other comes within the margin. */
const CERTAIN = 0.6;
const MARGIN = 0.1;
/** From here a described vendor comes so near that the generic layout must not take its file. */
const NEAR = 0.5;
/** Below this a vendor is not worth mentioning. */
const MENTION = 0.14;
/** What a shared layout is worth without anything that says whose it is. */
const WITHOUT_IDENTITY = 0.4;

interface Candidate {
  vendor: VendorDefinition;
  sheet: string | null;
  score: number;
  reasons: string[];
  named: boolean;
  usable: boolean;
  /** The layout is complete and only lacks what says whose it is. */
  nameless: boolean;
}
export function detect(workbook: WorkbookHead, vendors: VendorDefinition[]): Detection {
  const words = fileWords(workbook.fileName);
  const described = vendors.filter((v) => !v.detect.fallback).map((v) => judge(workbook, v, words));
  described.sort((a, b) => b.score - a.score || a.vendor.id.localeCompare(b.vendor.id));
  const [first, second] = described;
  if (first && first.score >= CERTAIN && first.usable) {
    if (!second || first.score - second.score >= MARGIN) return result('recognised', first, described);
    return result('unsure', null, described);
  }
  if (described.some((c) => c.score >= NEAR || c.named || c.nameless)) return result('unsure', null, described);
  const fallback = vendors
    .filter((v) => v.detect.fallback)
    .map((v) => judge(workbook, v, words))
    .filter((c) => c.usable && c.score >= CERTAIN)
    .sort((a, b) => b.score - a.score);
  const all = [...described, ...fallback];
  if (fallback.length === 1) return result('recognised', fallback[0]!, all);
  return result(fallback.length > 1 ? 'unsure' : 'unknown', null, all);
}

/**
 * When a person has said whose file it is: only whether that vendor's table is there still matters, not what the file
 * name or a probe says. `unsure` with reasons when it is not.
 */
export function detectAs(workbook: WorkbookHead, vendor: VendorDefinition): Detection {
  const candidate = judge(workbook, vendor, fileWords(workbook.fileName));
  const table = chooseSheet(workbook, vendor, true);
  const readable = table !== null && isComplete(table.place) && table.rival === null;
  const chosen = readable ? { ...candidate, sheet: table.sheet.name } : null;
  return result(readable ? 'recognised' : 'unsure', chosen, [candidate]);
}

function result(outcome: Detection['outcome'], chosen: Candidate | null, all: Candidate[]): Detection {
  const candidates = all
    .filter((c) => c.score >= MENTION)
    .sort((a, b) => b.score - a.score)
    .map((c) => ({ id: c.vendor.id, name: c.vendor.name, score: Math.round(c.score * 100) / 100, reasons: c.reasons }));
  return { outcome, vendor: chosen?.vendor ?? null, sheet: chosen?.sheet ?? null, candidates };
}

function judge(workbook: WorkbookHead, vendor: VendorDefinition, words: Set<string>): Candidate {
  const reasons: string[] = [];
  const table = chooseSheet(workbook, vendor);
  let score = 0;
  let usable = false;
  if (table) {
    score += HEADINGS * table.place.share;
    const found = headingsOf(table.place);
    reasons.push(`sheet "${table.sheet.name}", row ${table.place.headerRow} has the headings ${found.join(', ')}`);
    if (table.named) {
      score += SHEET;
      reasons.push(`the sheet is named "${table.sheet.name}"`);
    }
    for (const heading of table.place.missing) reasons.push(`no column for ${heading}`);
    for (const field of table.place.twice) reasons.push(`two columns could be the ${field}`);
    usable = isComplete(table.place);
    if (table.rival !== null) {
      usable = false;
      reasons.push(`sheet "${table.rival}" holds such a table too`);
    }
    if (vendor.detect.fallback && usable) {
      usable = knowsCurrency(table.sheet, table.place);
      if (!usable) reasons.push('nothing says which currency the amounts are in');
    }
  }
  const named = vendor.detect.file_names.find((all) => all.every((w) => words.has(w)));
  if (named) {
    score += FILE_NAME;
    reasons.push(`the file name says "${named.join(' ')}"`);
  }
  let identified = named !== undefined;
  for (const probe of vendor.detect.probes) {
    const hit = probeHit(workbook, table?.sheet ?? null, table?.place ?? null, probe);
    if (hit === null) continue;
    reasons.push(probe.says === 'identity' ? hit : `${hit}, which speaks against it`);
    if (probe.says === 'exclude') score = Math.min(score, MENTION);
    else {
      score = Math.min(1, score + PROBE);
      identified = true;
    }
  }
  // A layout that no heading tells from others is nobody's without a name.
  const distinctive = Object.values(vendor.columns).some(({ required, headings }) => required && headings.length > 0);
  const nameless = vendor.detect.identity_required && !identified && usable && distinctive;
  if (vendor.detect.identity_required && !identified) {
    score = Math.min(score, WITHOUT_IDENTITY);
    if (table) reasons.push('nothing says whose file it is');
  }
  return {
    vendor,
    sheet: table?.sheet.name ?? null,
    score: Math.min(1, score),
    reasons,
    named: named !== undefined,
    usable,
    nameless,
  };
}

/** The headings that were found: of the fields, and of the columns that repeat. */
function headingsOf({ fields, facets, headings }: TablePlace): string[] {
  const repeated = facets.facts.map(({ quantity }) => quantity);
  const columns = [...fields.values(), ...repeated.slice(0, 3), ...repeated.slice(3).slice(-1)];
  const texts = columns.map((column) => (headings[column] ?? '').trim());
  return [...new Set(texts)].filter((text) => text !== '');
}

interface ChosenTable {
  sheet: SheetHead;
  place: TablePlace;
  named: boolean;
  /** Another sheet that is as good, so that choosing one would be a guess. */
  rival: string | null;
}

/**
 * The sheet that the vendor names, if it has the headings; else the one sheet that has them. Hidden sheets do not count.
 * @param said a person has named the vendor, so that a sheet of another name may be its only one
 */
export function chooseSheet(workbook: WorkbookHead, vendor: VendorDefinition, said = false): ChosenTable | null {
  let best: ChosenTable | null = null;
  let bestRank = Number.NEGATIVE_INFINITY;
  for (const sheet of workbook.sheets) {
    if (sheet.hidden) continue;
    const place = locate(sheet, vendor);
    if (!place) continue;
    const named = sheetRank(sheet.name, vendor.sheets);
    if (isOther(sheet.name, said ? { ...vendor, sheet_required: false } : vendor)) continue;
    const rank = place.share * 10 + (isComplete(place) ? 5 : 0) + named;
    if (rank > bestRank) {
      best = { sheet, place, named: named > 0, rival: null };
      bestRank = rank;
    } else if (rank === bestRank && best && best.rival === null && sheet.rows.length > 1) {
      best.rival = sheet.name;
    }
  }
  return best;
}

/** A sheet that cannot be the one to read: it only states the same figures again, or has a name that says nothing. */
export function isOther(name: string, { sheets, sheet_required, also_states }: VendorDefinition): boolean {
  if (sheetRank(name, sheets) > 0) return false;
  return sheet_required || also_states.some(({ sheet }) => sheet !== undefined && sheetRank(name, [sheet]) > 0);
}

function probeHit(
  workbook: WorkbookHead,
  sheet: SheetHead | null,
  place: TablePlace | null,
  probe: Probe,
): string | null {
  if (probe.sheet_named !== undefined) {
    const found = workbook.sheets.find((each) => !each.hidden && sheetRank(each.name, [probe.sheet_named!]) > 0);
    return found ? `there is a sheet named "${found.name}"` : null;
  }
  if (probe.column !== undefined) {
    if (!sheet || !place) return null;
    const at = place.headings.findIndex((h) => headingKey(h) === headingKey(probe.column!));
    if (at < 0) return null;
    for (const row of sheet.rows) {
      if (row.row <= place.headerRow) continue;
      const text = cellText(row.cells[at]);
      if (matches(text, probe)) return `column ${probe.column} says "${text.trim()}"`;
    }
    return null;
  }
  for (const candidate of workbook.sheets) {
    if (candidate.hidden) continue;
    if (probe.sheet !== undefined && headingKey(candidate.name) !== headingKey(probe.sheet)) continue;
    for (const row of candidate.rows) {
      for (const [i, cell] of row.cells.entries()) {
        if (probe.cell !== undefined && probe.cell !== cellName(row.row, i)) continue;
        const text = cellText(cell);
        if (text !== '' && matches(text, probe)) return `sheet "${candidate.name}" says "${text.trim()}"`;
      }
    }
  }
  return null;
}

function matches(text: string, probe: Probe): boolean {
  if (probe.between) {
    const value = Number(text);
    if (!(value >= probe.between[0] && value <= probe.between[1])) return false;
  }
  if (!probe.words) return true;
  const words = wordsOf(text);
  return probe.words.some((w) => words.includes(w.toLowerCase()));
}
