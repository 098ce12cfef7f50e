// The products of a file beside those of the months before: which are new, which have gone.

import { formatNumber } from '../../message/format.ts';
import type { Issue } from '../types.ts';
import type { Beside, ProductBeside } from './beside.ts';
import { finding, someOf } from './finding.ts';

/** Of so many products, so large a share of new ones is no launch: rather another vendor's file, or other codes. */
const mostlyNew = { share: 0.5, of: 4 };

/** Units a report: who sells so many skips one by chance once in fifty (e^-4). Of what sells less, none is no news. */
const steady = 4;

/** Nothing where no product is known from before. */
export function productFindings({ reseller, products, lately }: Beside): Issue[] {
  if (!products.some(({ before }) => before)) return [];
  const here = products.filter(({ inFile }) => inFile);
  const fresh = here.filter(({ before }) => !before);
  const gone = products.filter(
    (each) => !each.inFile && lately > 0 && each.soldLately === lately && each.unitsLately >= steady * lately,
  );
  const issues: Issue[] = [];
  if (fresh.length > 0) {
    const many = here.length >= mostlyNew.of && fresh.length / here.length >= mostlyNew.share;
    const what = `${formatNumber(fresh.length)} of ${formatNumber(here.length)} products ${fresh.length === 1 ? 'is' : 'are'} new`;
    const since = `no file of ${reseller} had ${fresh.length === 1 ? 'it' : 'them'} in the 12 months before: ${namesOf(fresh, products)}.`;
    const doubt = many ? ' Is this the right file, with the usual product codes?' : '';
    issues.push(finding(many ? 'warning' : 'info', 'products-new', `${what}; ${since}${doubt}`));
  }
  if (gone.length > 0) {
    const when = lately === 1 ? 'in the report before' : `in each of the ${lately} reports before`;
    const what = `${formatNumber(gone.length)} ${gone.length === 1 ? 'product' : 'products'} that ${reseller} sold ${when} ${gone.length === 1 ? 'is' : 'are'} not in this one`;
    issues.push(finding('info', 'products-gone', `${what}: ${namesOf(gone, products)}.`));
  }
  return issues;
}

/** With the EAN where one name stands for several products: then it is the EAN that has changed. */
function namesOf(products: ProductBeside[], all: ProductBeside[]): string {
  const names = new Map<string, number>();
  for (const { product } of all) names.set(product, (names.get(product) ?? 0) + 1);
  return someOf(
    products.map(({ product, ean }) => (ean !== null && names.get(product)! > 1 ? `${product} (${ean})` : product)),
  );
}
