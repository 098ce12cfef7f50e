// What a unit of a product costs in a file beside what it usually costs at this reseller. Prices that all moved by one factor
// are one finding about the file (another currency, VAT), not one about each product.

import { formatNumber, formatPercent } from '../../message/format.ts';
import type { Issue } from '../types.ts';
import type { Beside, EuroWorth, ProductBeside } from './beside.ts';
import { finding, median, money, shortName } from './finding.ts';

/** A median of fewer months moves with each sale. */
const enoughHistory = 3;
/** Discounts reach a third and more of the price; beyond this it is rather a mistake. */
const unusual = 0.4;
/** A price list moves by a few per cent a year; VAT is more than this nearly everywhere. */
const shifted = 0.1;
/** Prices moved together when so many of at least so many products moved by the same factor, give or take. */
const together = { share: 0.8, of: 3, tolerance: 0.1 };
/** How near a factor must be to an exchange rate: a rate moves by this much within a year. */
const nearRate = 0.1;
/** How many products are named before the rest is counted. */
const shown = 5;

interface Priced extends ProductBeside {
  price: number;
  usualPrice: number;
  /** Price by usual price. */
  factor: number;
}

export function priceFindings({ reseller, products }: Beside, worth: EuroWorth[]): Issue[] {
  const priced = products.flatMap((each): Priced[] => {
    const { price, usualPrice, pricedBefore } = each;
    if (price === null || usualPrice === null || usualPrice <= 0 || pricedBefore < enoughHistory) return [];
    return [{ ...each, price, usualPrice, factor: price / usualPrice }];
  });
  const moved = movedTogether(priced);
  if (moved !== null) return [shift(reseller, priced, moved, worth)];
  const odd = priced
    .filter(({ factor }) => Math.abs(factor - 1) > unusual)
    .sort((a, b) => Math.abs(Math.log(b.factor)) - Math.abs(Math.log(a.factor)));
  const issues = odd.slice(0, shown).map((each) => finding('warning', 'price-unusual', oddPrice(each)));
  const more = odd.length - shown;
  if (more > 0) {
    const hint = `${formatNumber(more)} more of ${formatNumber(priced.length)} products cost a unit more than ${percent(unusual)} off what is usual.`;
    issues.push(finding('warning', 'price-unusual', hint));
  }
  return issues;
}

/** The factor by which the prices moved, where they moved as one; else null. */
function movedTogether(priced: Priced[]): number | null {
  if (priced.length < together.of) return null;
  const factor = median(priced.map((each) => each.factor));
  if (Math.abs(factor - 1) <= shifted) return null;
  const near = priced.filter((each) => Math.abs(each.factor / factor - 1) <= together.tolerance);
  return near.length / priced.length >= together.share ? factor : null;
}

function shift(reseller: string, priced: Priced[], factor: number, worth: EuroWorth[]): Issue {
  const currency = priced[0]!.currency;
  const own = worth.find((each) => each.currency === currency);
  // Amounts in another currency under the usual one's name are larger by what the usual one is worth in the other.
  const other = worth.find(
    (each) => own && each !== own && Math.abs(factor / (own.euros / each.euros) - 1) <= nearRate,
  );
  const example = priced.find((each) => each.factor === factor) ?? priced[0]!;
  const what = `The prices of ${formatNumber(priced.length)} products are all about ${formatNumber(factor, { digits: 2 })} times what ${reseller} usually reports (${shortName(example.product)}: ${money(example.price, currency)} a unit, usually ${money(example.usualPrice, currency)})`;
  if (other && Math.abs(factor - 1) > unusual) {
    return finding(
      'warning',
      'prices-other-currency',
      `${what}, as if the amounts were in ${other.currency} and not in ${currency}.`,
    );
  }
  const why = other ? `, or are they in ${other.currency}` : '';
  return finding('warning', 'prices-shifted', `${what}. Do the amounts hold VAT as before${why}?`);
}

function oddPrice({ product, price, usualPrice, factor, pricedBefore, currency }: Priced): string {
  const off = `${percent(Math.abs(factor - 1))} ${factor > 1 ? 'more' : 'less'}`;
  return `${shortName(product)} comes to ${money(price, currency)} a unit, ${off} than usual (${money(usualPrice, currency)} in the middle of ${pricedBefore} reports).`;
}

function percent(share: number): string {
  return formatPercent(share * 100, { digits: 0 });
}
