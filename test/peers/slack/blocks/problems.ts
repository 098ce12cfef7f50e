// Collects what is wrong with blocks, in the words and with the pointers that Slack uses.

import type { Json } from '../world/types.ts';

export interface Problems {
  say(path: string, what: string): void;
  missing(path: string, field: string): void;
  list: string[];
}

export function makeProblems(): Problems {
  const list: string[] = [];
  const say = (path: string, what: string) => void list.push(`[ERROR] ${what} [json-pointer:${path}]`);
  return { list, say, missing: (path, field) => say(path, `missing required field: ${field}`) };
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list under a field, or none with a word about it. */
export function listIn(problems: Problems, holder: Json, field: string, path: string, most: number): unknown[] {
  const value = holder[field];
  if (value === undefined) problems.missing(path, field);
  else if (!Array.isArray(value)) problems.say(`${path}/${field}`, 'must be an array');
  else if (value.length === 0) problems.say(`${path}/${field}`, 'must have at least 1 item');
  else if (value.length > most) problems.say(`${path}/${field}`, `no more than ${most} items allowed`);
  else return value;
  return [];
}

/** A plain string under a field. @param least 0 allows an empty one. */
export function stringIn(
  problems: Problems,
  holder: Json,
  field: string,
  path: string,
  size: { most: number; least?: number; required?: boolean },
): void {
  const value = holder[field];
  if (value === undefined) {
    if (size.required) problems.missing(path, field);
    return;
  }
  if (typeof value !== 'string') {
    problems.say(`${path}/${field}`, 'must be a string');
    return;
  }
  lengthOf(problems, value, `${path}/${field}`, size.most, size.least ?? 1);
}

export function lengthOf(problems: Problems, value: string, path: string, most: number, least = 1): void {
  const length = [...value].length;
  if (length > most) problems.say(path, `must be less than ${most + 1} characters`);
  if (length < least) problems.say(path, `must be more than ${least - 1} characters`);
}

export function oneOf(problems: Problems, holder: Json, field: string, path: string, known: readonly unknown[]): void {
  const value = holder[field];
  if (value !== undefined && !known.includes(value)) problems.say(`${path}/${field}`, 'value is not allowed');
}

export function onlyFields(problems: Problems, holder: Json, path: string, known: readonly string[]): void {
  for (const field of Object.keys(holder)) {
    if (!known.includes(field)) problems.say(path, `invalid additional property: ${field}`);
  }
}
