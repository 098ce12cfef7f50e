// What somebody typed after "teach" -> what they chose, or a sentence that says which option is wrong.

import type { OptionName } from './commands.ts';

type Values = Partial<Record<OptionName, string | boolean | string[]>>;

const places = {
  columns: 'columns',
  'file-name': 'file_name',
  'sheet-name': 'sheet_name',
  header: 'header',
  week: 'week',
} as const;

/** `field` is not checked here; a null option was not given. */
export interface TypedChoices {
  sheet: string | null;
  set: { field: string; to: string }[];
  currency: string | null;
  periodFrom: (typeof places)[keyof typeof places] | null;
  basis: 'net' | 'gross' | null;
  vendorName: string | null;
  id: string | null;
  save: boolean;
  replace: boolean;
}

export function choicesOf(values: Values): TypedChoices | { wrong: string } {
  const text = (option: OptionName): string | null => (typeof values[option] === 'string' ? values[option] : null);
  const set: TypedChoices['set'] = [];
  for (const typed of [values.set ?? []].flat().map(String)) {
    const found = /^\s*([a-z_]+)\s*=\s*(\S.*?)\s*$/s.exec(typed);
    if (!found) {
      return {
        wrong: `--set takes FIELD=HEADING, for example "amount=Net sales", FIELD=COLUMN or FIELD=none, not "${typed}".`,
      };
    }
    set.push({ field: found[1]!, to: found[2]! });
  }
  const currency = text('currency')?.toUpperCase() ?? null;
  if (currency !== null && !/^[A-Z]{3}$/.test(currency)) {
    return { wrong: `--currency takes a code such as GBP, not "${text('currency')}".` };
  }
  const place = text('period-from')?.replaceAll('_', '-') ?? null;
  if (place !== null && !Object.hasOwn(places, place)) {
    return {
      wrong: `--period-from takes columns, file_name, sheet_name, header or week, not "${text('period-from')}".`,
    };
  }
  const basis = text('basis');
  if (basis !== null && basis !== 'net' && basis !== 'gross') {
    return { wrong: `--basis takes net (without VAT) or gross, not "${basis}".` };
  }
  return {
    sheet: text('sheet'),
    set,
    currency,
    periodFrom: place === null ? null : places[place as keyof typeof places],
    basis,
    vendorName: text('name')?.trim() || null,
    id: text('id'),
    save: values.save === true,
    replace: values.replace === true,
  };
}
