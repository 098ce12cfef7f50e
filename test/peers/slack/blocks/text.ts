// Text objects: `plain_text` or `mrkdwn`, of a length, with nothing else in them.

import type { Json } from '../world/types.ts';
import { isObject, lengthOf, onlyFields, type Problems } from './problems.ts';

const FIELDS = { plain_text: ['type', 'text', 'emoji'], mrkdwn: ['type', 'text', 'verbatim'] };

export interface TextRule {
  most: number;
  /** By default either kind will do. */
  only?: 'plain_text' | 'mrkdwn';
  required?: boolean;
}

export function checkText(problems: Problems, holder: Json, field: string, path: string, rule: TextRule): void {
  const value = holder[field];
  if (value === undefined) {
    if (rule.required) problems.missing(path, field);
    return;
  }
  checkTextObject(problems, value, `${path}/${field}`, rule);
}

export function checkTextObject(problems: Problems, value: unknown, path: string, rule: TextRule): void {
  if (!isObject(value)) {
    problems.say(path, 'must be a text object');
    return;
  }
  const { type } = value;
  if (type !== 'plain_text' && type !== 'mrkdwn') {
    problems.say(`${path}/type`, `unsupported type: ${type}`);
    return;
  }
  if (rule.only !== undefined && type !== rule.only) {
    problems.say(path, `must be a ${rule.only} object`);
    return;
  }
  onlyFields(problems, value, path, FIELDS[type]);
  if (typeof value.text !== 'string') {
    problems.missing(path, 'text');
    return;
  }
  lengthOf(problems, value.text, `${path}/text`, rule.most);
}
