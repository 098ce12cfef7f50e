// The bytes of an XML part -> open, text and close events with local names (prefixes are stripped: writers choose them
// freely). UTF-8, UTF-16 or what the declaration names. Refuses any DTD, deep nesting and what is not well-formed.

import { SaxesParser } from 'saxes';
import { corrupt, Refusal } from './refusal.ts';

/** Events of one part. One object for a whole part: no closures are made while parsing. */
export interface Handler {
  open(name: string, attributes: Record<string, string>, depth: number): void;
  close(name: string): void;
  text(text: string): void;
}

const MAX_DEPTH = 64;

/** Feeds bytes to a handler. `write` may be called until `end`; both throw a Refusal. */
export class XmlReader {
  #parser = new SaxesParser({ xmlns: false, position: false });
  #locals = new Map<string, string>();
  #decoder: InstanceType<typeof TextDecoder> | null = null;
  #held: Buffer = Buffer.alloc(0);

  constructor(handler: Handler) {
    let depth = 0;
    this.#parser.on('doctype', () => {
      throw new Refusal('UPLOAD_DTD');
    });
    this.#parser.on('opentag', (tag) => {
      depth += 1;
      if (depth > MAX_DEPTH) throw corrupt('its XML is nested too deeply');
      handler.open(this.#local(tag.name), tag.attributes, depth);
    });
    this.#parser.on('closetag', (tag) => {
      depth -= 1;
      handler.close(this.#local(tag.name));
    });
    const onText = (text: string): void => handler.text(text);
    this.#parser.on('text', onText);
    this.#parser.on('cdata', onText);
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
      this.#parser.write(text);
      if (last) this.#parser.close();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw corrupt('its XML is not well-formed');
    }
  }

  #local(name: string): string {
    const colon = name.indexOf(':');
    if (colon < 0) return name;
    let local = this.#locals.get(name);
    if (local === undefined) {
      local = name.slice(colon + 1);
      if (this.#locals.size < 1_000) this.#locals.set(name, local);
    }
    return local;
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

/** The value of an attribute by its local name (relationship ids carry a prefix that writers choose). */
export function attribute(attributes: Record<string, string>, local: string): string | undefined {
  const plain = attributes[local];
  if (plain !== undefined) return plain;
  for (const name in attributes) if (name.endsWith(`:${local}`)) return attributes[name];
  return undefined;
}
