// Lines of a table by store -> its stores with their products. A store's line is followed by those of its products, and only names
// and sums tell one from the other: a name that is no known product's begins a store where that makes every store the sum of its
// products, and else is a product that nobody knows.

export interface SplitLine {
  /** What it calls itself. */
  label: string;
  /** What a product's lines have in common; null when it is no known product's name. */
  product: string | null;
  /** One for each column. */
  figures: number[];
}

export interface StoreGroup<Line extends SplitLine> {
  store: Line;
  products: Line[];
}

/** Names that may be stores, beyond which nobody tries how they add up. */
const mostStores = 2_000;

/**
 * The stores that sold anything; null when the sums do not add up, however the lines are taken. Two ways differ by names without any
 * figures: whether those are stores matters only where pieces that cancel out follow.
 */
export function groupsBySums<Line extends SplitLine>(lines: Line[]): StoreGroup<Line>[] | null {
  const starts = lines.flatMap(({ product }, at) => (product === null ? [at] : []));
  if (starts[0] !== 0 || starts.length > mostStores) return null;
  const upTo = sumsBefore(lines);
  const isStore = (from: number, to: number) =>
    lines[from]!.figures.every((stated, i) => isSame(upTo[to]![i]! - upTo[from + 1]![i]!, stated));
  /** By the line of a store, where the next one begins so that all from here on add up. */
  const next = new Map<number, number>([[lines.length, lines.length]]);
  for (const from of starts.toReversed()) {
    const ends = [...starts.filter((at) => at > from), lines.length];
    const to = ends.find((end) => next.has(end) && isStore(from, end));
    if (to !== undefined) next.set(from, to);
  }
  if (!next.has(0)) return null;
  const groups: StoreGroup<Line>[] = [];
  for (let from = 0; from < lines.length; from = next.get(from)!)
    groups.push({ store: lines[from]!, products: lines.slice(from + 1, next.get(from)) });
  const sold = groups.filter(({ store, products }) => hasFigures(store) || products.some(hasFigures));
  return sold.every((group) => hasFigures(group.store) || isApart(group, groups)) ? sold : null;
}

/** Whether a store without figures is one: nothing stands before it, or a product that stands in it again. */
function isApart<Line extends SplitLine>({ products }: StoreGroup<Line>, groups: StoreGroup<Line>[]): boolean {
  const before = groups[groups.findIndex((each) => each.products === products) - 1];
  return !before || before.products.some((own) => products.some(({ product }) => product === own.product));
}

/** The first store that is not the sum of its products, if every unknown name with figures is a store's; null when there is none. */
export function firstFlaw<Line extends SplitLine>(
  lines: Line[],
): { store: Line; column: number; stated: number; sum: number } | null {
  const starts = lines.flatMap((line, at) => (at === 0 || (line.product === null && hasFigures(line)) ? [at] : []));
  for (const [i, from] of starts.entries()) {
    const products = lines.slice(from + 1, starts[i + 1] ?? lines.length);
    for (const [column, stated] of lines[from]!.figures.entries()) {
      const sum = products.reduce((all, { figures }) => all + figures[column]!, 0);
      if (!isSame(sum, stated)) return { store: lines[from]!, column, stated, sum: rounded(sum) };
    }
  }
  return null;
}

/** Some resellers sell by weight, and tenths do not add up to the last bit. */
export function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-6;
}

/** As a person would write it. */
export function rounded(sum: number): number {
  return Math.round(sum * 1e6) / 1e6;
}

function hasFigures({ figures }: SplitLine): boolean {
  return figures.some((each) => each !== 0);
}

function sumsBefore(lines: SplitLine[]): number[][] {
  const sums: number[][] = [(lines[0]?.figures ?? []).map(() => 0)];
  for (const { figures } of lines) sums.push(figures.map((each, i) => each + sums.at(-1)![i]!));
  return sums;
}
