// Exchange rates: what is kept, what comes in from a file or from who publishes them, and amounts converted anew under them.
// A rate that a person imported is never overwritten by a published one.

import { findRate } from '../../clean/convert.ts';
import type { RefusedRow } from '../../clean/lists/columns.ts';
import { readRateList } from '../../clean/lists/rate-list.ts';
import { type EuroRate, monthlyMeans, type Reconversion } from '../../clean/lists/rates.ts';
import type { MonthlyRate, Period } from '../../clean/types.ts';
import type { Ports, Principal } from '../../ports.ts';
import { type ListFile, readRows } from './read-rows.ts';
import { mustBe } from './roles.ts';

/** Who publishes; sources that the product itself brought begin like this, and only those give way to newer ones. */
const publisher = 'ECB';
const ownSources = /^(ECB|currency-api) /;

export interface NewRates {
  from: string;
  added: number;
  changed: number;
  unchanged: number;
  /** Published rates that were left out, because a person had imported one for that month. */
  kept: number;
  refused: RefusedRow[];
}

export async function importRates(
  ports: Pick<Ports, 'rates' | 'sheets' | 'audit'>,
  file: ListFile,
  by: Principal,
): Promise<NewRates> {
  await mustBe(ports, by, 'admin', 'rates import');
  const rows = await readRows(ports, file);
  const known = await ports.rates.list(null);
  const { rates, refused } = readRateList(file.name, rows, await ports.rates.base(), known);
  return store(ports, { from: file.name, rates, known, refused, kept: 0 }, by);
}

/** Throws AppError RATES_NO_SOURCE or RATES_SOURCE_FAILED; nothing is changed then. */
export async function fetchRates(
  ports: Pick<Ports, 'rates' | 'rateSource' | 'audit'>,
  by: Principal,
): Promise<NewRates> {
  await mustBe(ports, by, 'admin', 'rates fetch');
  const means = monthlyMeans(await ports.rateSource.daily(), publisher);
  const known = await ports.rates.list(null);
  const imported = new Set(known.filter(({ source }) => !ownSources.test(source)).map(monthOf));
  const rates = means.filter((rate) => !imported.has(monthOf(rate)));
  return store(ports, { from: publisher, rates, known, refused: [], kept: means.length - rates.length }, by);
}

async function store(
  ports: Pick<Ports, 'rates' | 'audit'>,
  given: { from: string; rates: EuroRate[]; known: EuroRate[]; refused: RefusedRow[]; kept: number },
  by: Principal,
): Promise<NewRates> {
  const { from, rates, refused, kept } = given;
  const before = new Map(given.known.map((rate) => [monthOf(rate), rate]));
  const added = rates.filter((rate) => !before.has(monthOf(rate)));
  const changed = rates.filter((rate) => {
    const old = before.get(monthOf(rate));
    return old !== undefined && (old.eurPerUnit !== rate.eurPerUnit || old.source !== rate.source);
  });
  await ports.rates.store([...added, ...changed]);
  const counts = { added: added.length, changed: changed.length };
  const details = { from, added: String(counts.added), changed: String(counts.changed) };
  await ports.audit.security({ principal: by, kind: 'rates-changed', details });
  return { from, ...counts, unchanged: rates.length - counts.added - counts.changed, kept, refused };
}

/** `GBP 2025-4` */
function monthOf({ currency, year, month }: Pick<EuroRate, 'currency' | 'year' | 'month'>): string {
  return `${currency} ${year}-${month}`;
}

/**
 * Gives stored amounts the rates that are known now, those that had none for lack of a rate too.
 * @param only a month, a currency, or null for all
 */
export async function reconvert(
  ports: Pick<Ports, 'rates' | 'reference' | 'audit'>,
  only: { month: Period | null; currency: string | null },
  by: Principal,
): Promise<{ base: string; conversions: Reconversion[]; missing: string[] }> {
  await mustBe(ports, by, 'admin', 'reconvert');
  const base = await ports.rates.base();
  const inUse = (await ports.rates.inUse()).filter(
    ({ currency, year, month }) =>
      (only.currency === null || currency === only.currency) &&
      (only.month === null || (year === only.month.year && month === only.month.month)),
  );
  const rates = await ports.reference.rates([...new Set(inUse.map(({ currency }) => currency))], base);
  const changes = new Map<string, MonthlyRate>();
  const missing = new Set<string>();
  for (const { currency, year, month, rate } of inUse) {
    const key = `${currency} ${year}-${String(month).padStart(2, '0')}`;
    const found = findRate(
      rates.filter((each) => each.currency === currency),
      year,
      month,
    );
    // A rate that is no longer known keeps what it made.
    if (found === null && rate === null) missing.add(key);
    else if (found !== null && found.rate !== rate) changes.set(key, { currency, year, month, ...found });
  }
  const conversions = await ports.rates.reconvert([...changes.values()], by);
  if (conversions.length > 0) {
    const rows = conversions.reduce((sum, each) => sum + each.rows, 0);
    await ports.audit.security({ principal: by, kind: 'reconverted', details: { rows: String(rows) } });
  }
  return { base, conversions, missing: [...missing].sort() };
}
