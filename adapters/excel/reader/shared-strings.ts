// The shared strings part -> the strings by number: rich text joined, phonetic text skipped, at most Excel's own length.

import type { Parts } from '../package/parts.ts';
import { bomb } from '../package/refusal.ts';
import type { Handler } from '../package/xml.ts';
import { append, decodeText } from './text.ts';

const LIMIT = 400_000_000;
const MAX_STRINGS = 4_000_000;

export async function readSharedStrings(parts: Parts, part: string): Promise<string[]> {
  const handler = new SharedStrings();
  for await (const _ of parts.feed(part, handler, LIMIT, () => handler.strings.length));
  return handler.strings;
}

class SharedStrings implements Handler {
  strings: string[] = [];
  #text = '';
  #inText = false;
  #phonetic = false;

  open(name: string): void {
    if (name === 't') this.#inText = !this.#phonetic;
    else if (name === 'si') this.#text = '';
    else if (name === 'rPh') this.#phonetic = true;
  }

  close(name: string): void {
    if (name === 't') this.#inText = false;
    else if (name === 'si') {
      this.strings.push(decodeText(this.#text));
      if (this.strings.length > MAX_STRINGS) throw bomb('more texts than a report can hold');
    } else if (name === 'rPh') this.#phonetic = false;
  }

  text(text: string): void {
    if (this.#inText) this.#text = append(this.#text, text);
  }
}
