// The bytes of an XML part -> open, text and close events with local names (prefixes are stripped: writers choose them
// freely). UTF-8, UTF-16 or what the declaration names. Refuses any DTD, deep nesting and what is not well-formed.

import { corrupt, Refusal } from './refusal.ts';
import { type TokenHandler, XmlError, XmlTokens } from './xml-tokens.ts';

export type { Attributes } from './xml-tokens.ts';

/** Events of one part. One object for a whole part: no closures are made while parsing. */
export type Handler = TokenHandler;

const MAX_DEPTH = 64;

/** Feeds bytes to a handler. `write` may be called until `end`; both throw a Refusal. */
export class XmlReader {
  #tokens: XmlTokens;
  #decoder: InstanceType<typeof TextDecoder> | null = null;
  #held: Buffer = Buffer.alloc(0);

  constructor(handler: Handler) {
    this.#tokens = new XmlTokens(handler, MAX_DEPTH);
  }

  write(bytes: Buffer): void {
    if (this.#decoder) {
      this.#parse(this.#decode(bytes, true));
      return;
    }
    // The encoding shows in the first bytes and the declaration, which an archive may cut anywhere.
    this.#held = Buffer.concat([this.#held, bytes]);
    if (this.#held.length >= 256) this.#begin();
  }

  end(): void {
    if (!this.#decoder) this.#begin();
    this.#parse(this.#decode(undefined, false), true);
  }

  #begin(): void {
    try {
      this.#decoder = new TextDecoder(encodingOf(this.#held), { fatal: true });
    } catch {
      throw corrupt('its XML is in an unknown encoding');
    }
    this.#parse(this.#decode(this.#held, true));
    this.#held = Buffer.alloc(0);
  }

  #decode(bytes: Buffer | undefined, stream: boolean): string {
    try {
      return this.#decoder!.decode(bytes, { stream });
    } catch {
      throw corrupt('its text is not in the encoding that it names');
    }
  }

  #parse(text: string, last = false): void {
    try {
      this.#tokens.write(text);
      if (last) this.#tokens.end();
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      throw error.dtd ? new Refusal('UPLOAD_DTD') : corrupt(`its XML is not well-formed: ${error.message}`);
    }
  }
}

function encodingOf(bytes: Buffer): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0x3c && b === 0x00) return 'utf-16le';
  if (a === 0x00 && b === 0x3c) return 'utf-16be';
  const declared = /^[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(bytes.toString('latin1'))?.[1] ?? 'utf-8';
  // Bytes that can be read as ASCII are not UTF-16, whatever they say.
  return /^utf-?16/i.test(declared) ? 'utf-8' : declared;
}
