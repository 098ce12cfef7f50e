// What was read for a question, kept until the data change: the names that somebody may see, and the results of statements. Both
// by what the person may see, so that nobody is shown what was read for another.

import type { Names } from '../../ask/names.ts';
import type { Principal, ResultSet } from '../../ports.ts';

export interface AskMemory {
  names: Map<string, Names>;
  results: Map<string, { result: ResultSet; proof: ResultSet }>;
}

/** The oldest is forgotten first. */
const most = { names: 200, results: 300 };

export function makeAskMemory(): AskMemory {
  return { names: new Map(), results: new Map() };
}

/** The same for everybody who sees the same rows of the same data. */
export function viewOf({ clientId, userId, mode, spaceId }: Principal, version: string): string {
  return [clientId, userId, mode, spaceId, version].join(' ');
}

/** What is known under this key, else what `make` gives. */
export async function remembered<
  Kind extends keyof AskMemory,
  T extends NonNullable<ReturnType<AskMemory[Kind]['get']>>,
>(memory: AskMemory, kind: Kind, key: string, make: () => Promise<T>): Promise<T> {
  const shelf = memory[kind] as unknown as Map<string, T>;
  const known = shelf.get(key);
  if (known !== undefined) return known;
  const made = await make();
  shelf.set(key, made);
  const oldest = shelf.keys().next().value;
  if (shelf.size > most[kind] && oldest !== undefined) shelf.delete(oldest);
  return made;
}
