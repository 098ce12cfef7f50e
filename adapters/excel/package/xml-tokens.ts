// XML text, in pieces cut anywhere -> open, text and close events. As strict as a conforming parser without a DTD: names,
// nesting, quotes, entities, characters. Our own because it is most of what reading a large workbook costs (see README).

import { isSpace, nameIsValid, resolveEntities } from './xml-names.ts';

/** What a piece of XML says, in order. `attributes` is reused: read it before returning. */
export interface TokenHandler {
  open(name: string, attributes: Attributes, depth: number): void;
  close(name: string): void;
  text(text: string): void;
}

/** The text is not well-formed, or holds a DTD. */
export class XmlError extends Error {
  readonly dtd: boolean;
  constructor(message: string, dtd = false) {
    super(message);
    this.dtd = dtd;
  }
}

/** Each one is compared with those before it; no tag of a workbook has a quarter as many. */
const MOST_ATTRIBUTES = 250;

/** The attributes of the tag that was opened last. */
export class Attributes {
  #names: string[] = [];
  #values: string[] = [];
  #count = 0;

  /** The value of an attribute by its name as written. */
  get(name: string): string | undefined {
    for (let i = 0; i < this.#count; i += 1) if (this.#names[i] === name) return this.#values[i];
    return undefined;
  }

  /** By its local name: writers choose prefixes freely. One without a prefix comes first. */
  local(name: string): string | undefined {
    const plain = this.get(name);
    if (plain !== undefined) return plain;
    for (let i = 0; i < this.#count; i += 1) if (this.#names[i]!.endsWith(`:${name}`)) return this.#values[i];
    return undefined;
  }

  clear(): void {
    this.#count = 0;
  }

  add(name: string, value: string): void {
    if (this.get(name) !== undefined) throw new XmlError('an attribute is given twice');
    if (this.#count >= MOST_ATTRIBUTES) throw new XmlError('more attributes than any workbook has');
    this.#names[this.#count] = name;
    this.#values[this.#count] = value;
    this.#count += 1;
  }
}

/** No tag, comment or instruction of a workbook comes near this. */
const LONGEST = 16_000_000;
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const DECLARATION =
  /^<\?xml\s+version\s*=\s*(?:"1\.\d+"|'1\.\d+')(?:\s+encoding\s*=\s*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>$/;

const LT = 60;
const GT = 62;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;
const EQUALS = 61;
const QUOTE = 34;
const APOSTROPHE = 39;
const AMPERSAND = 38;
const BRACKET = 93;
const RETURN = 13;

export class XmlTokens {
  #handler: TokenHandler;
  #maxDepth: number;
  #attributes = new Attributes();
  /** Raw names of the open elements. */
  #open: string[] = [];
  /** Raw name -> local name, for names that are valid. */
  #locals = new Map<string, string>();
  #held = '';
  #begun = false;
  #rootSeen = false;

  constructor(handler: TokenHandler, maxDepth: number) {
    this.#handler = handler;
    this.#maxDepth = maxDepth;
  }

  write(piece: string): void {
    if (FORBIDDEN.test(piece)) throw new XmlError('a character that XML does not allow');
    const text = this.#held === '' ? piece : this.#held + piece;
    const done = this.#run(text, false);
    this.#held = done < text.length ? text.slice(done) : '';
    if (this.#held.length > LONGEST) throw new XmlError('a tag without an end');
  }

  end(): void {
    const text = this.#held;
    if (this.#run(text, true) < text.length) throw new XmlError('it ends in the middle');
    if (this.#open.length > 0 || !this.#rootSeen) throw new XmlError('it ends before its elements do');
  }

  /** Takes what is complete; returns up to where. */
  #run(text: string, last: boolean): number {
    let at = 0;
    for (;;) {
      const tag = text.indexOf('<', at);
      if (tag < 0) return this.#text(text, at, text.length, !last);
      if (tag > at) this.#text(text, at, tag, false);
      const next = this.#markup(text, tag);
      if (next < 0) return tag;
      at = next;
    }
  }

  /** Text up to `to`; where more may follow, what could be half an entity or line end is left. Returns up to where. */
  #text(text: string, from: number, to: number, more: boolean): number {
    let end = to;
    if (more && end > from) {
      const ampersand = text.lastIndexOf('&', end - 1);
      if (ampersand >= from && end - ampersand < 12 && text.indexOf(';', ampersand) < 0) end = ampersand;
      // `]]>` and a line end of two characters may be cut, too.
      else if (/[\r\]]/.test(text[end - 1]!)) end = Math.max(from, end - 2);
    }
    if (end === from) return end;
    if (this.#open.length === 0) {
      if (/[^ \t\r\n]/.test(text.slice(from, end))) throw new XmlError('text outside of the root element');
      this.#begun = true;
      return end;
    }
    // Most texts are short figures: one look at each character beats three searches.
    let special = false;
    for (let i = from; i < end; i += 1) {
      const code = text.charCodeAt(i);
      if (code === AMPERSAND || code === BRACKET || code === RETURN) {
        special = true;
        break;
      }
    }
    const piece = special ? textOf(text.slice(from, end)) : text.slice(from, end);
    this.#handler.text(piece);
    return end;
  }

  /** A tag, comment, CDATA section or instruction at `at`; returns its end, -1 while it is not all there. */
  #markup(text: string, at: number): number {
    const first = text.charCodeAt(at + 1);
    if (first === SLASH) return this.#closeTag(text, at);
    if (first === BANG) return this.#declared(text, at);
    if (first === QUESTION) return this.#instruction(text, at);
    if (Number.isNaN(first)) return -1;
    return this.#openTag(text, at);
  }

  #openTag(text: string, at: number): number {
    const { length } = text;
    let i = at + 1;
    let code = 0;
    for (; i < length; i += 1) {
      code = text.charCodeAt(i);
      if (code === GT || code === SLASH || isSpace(code)) break;
      if (code === LT) throw new XmlError('a tag inside of a tag');
    }
    if (i >= length) return -1;
    const raw = text.slice(at + 1, i);
    const attributes = this.#attributes;
    attributes.clear();
    for (;;) {
      const before = i;
      while (i < length && isSpace(text.charCodeAt(i))) i += 1;
      if (i >= length) return -1;
      code = text.charCodeAt(i);
      if (code === GT) {
        this.#begin(raw);
        return i + 1;
      }
      if (code === SLASH) {
        if (i + 1 >= length) return -1;
        if (text.charCodeAt(i + 1) !== GT) throw new XmlError('a slash inside of a tag');
        const local = this.#begin(raw);
        this.#open.pop();
        this.#handler.close(local);
        return i + 2;
      }
      if (i === before) throw new XmlError('no blank between attributes');
      i = this.#attribute(text, i);
      if (i < 0) return -1;
    }
  }

  /** `name = "value"`; returns its end, -1 while it is not all there. */
  #attribute(text: string, at: number): number {
    const { length } = text;
    let i = at;
    for (; i < length; i += 1) {
      const code = text.charCodeAt(i);
      if (code === EQUALS || isSpace(code)) break;
      if (code === GT || code === LT || code === SLASH || code === QUOTE || code === APOSTROPHE) {
        throw new XmlError('an attribute without a value');
      }
    }
    const name = text.slice(at, i);
    while (i < length && isSpace(text.charCodeAt(i))) i += 1;
    if (i >= length) return -1;
    if (text.charCodeAt(i) !== EQUALS) throw new XmlError('an attribute without a value');
    i += 1;
    while (i < length && isSpace(text.charCodeAt(i))) i += 1;
    if (i >= length) return -1;
    const quote = text.charCodeAt(i);
    if (quote !== QUOTE && quote !== APOSTROPHE) throw new XmlError('a value without quotes');
    const from = i + 1;
    let special = false;
    for (i = from; i < length; i += 1) {
      const code = text.charCodeAt(i);
      if (code === quote) break;
      if (code === LT) throw new XmlError('a tag inside of a value');
      if (code === AMPERSAND || code < 32) special = true;
    }
    if (i >= length) return -1;
    this.#localOf(name);
    const raw = text.slice(from, i);
    this.#attributes.add(name, special ? attributeValue(raw) : raw);
    return i + 1;
  }

  #begin(raw: string): string {
    const depth = this.#open.length + 1;
    if (depth === 1 && this.#rootSeen) throw new XmlError('a second root element');
    if (depth > this.#maxDepth) throw new XmlError('nested too deeply');
    const local = this.#localOf(raw);
    this.#rootSeen = true;
    this.#begun = true;
    this.#open.push(raw);
    this.#handler.open(local, this.#attributes, depth);
    return local;
  }

  #closeTag(text: string, at: number): number {
    const end = text.indexOf('>', at);
    if (end < 0) return -1;
    let to = end;
    while (isSpace(text.charCodeAt(to - 1))) to -= 1;
    const raw = this.#open.pop();
    if (raw === undefined || to - at - 2 !== raw.length || !text.startsWith(raw, at + 2)) {
      throw new XmlError('a closing tag that closes nothing');
    }
    this.#handler.close(this.#localOf(raw));
    return end + 1;
  }

  #declared(text: string, at: number): number {
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('--', at + 4);
      if (end < 0 || end + 2 >= text.length) return -1;
      if (text.charCodeAt(end + 2) !== GT) throw new XmlError('two hyphens inside of a comment');
      this.#begun = true;
      return end + 3;
    }
    if (text.startsWith('<![CDATA[', at)) {
      const end = text.indexOf(']]>', at + 9);
      if (end < 0) return -1;
      if (this.#open.length === 0) throw new XmlError('text outside of the root element');
      this.#handler.text(text.slice(at + 9, end).replace(/\r\n?/g, '\n'));
      return end + 3;
    }
    if (text.startsWith('<!DOCTYPE', at)) throw new XmlError('a DTD', true);
    const seen = text.slice(at, at + 9);
    if (seen.length < 9 && ['<!--', '<![CDATA[', '<!DOCTYPE'].some((each) => each.startsWith(seen))) return -1;
    throw new XmlError('an unknown declaration');
  }

  #instruction(text: string, at: number): number {
    const end = text.indexOf('?>', at + 2);
    if (end < 0) return -1;
    const whole = text.slice(at, end + 2);
    const target = /^<\?([^\s?]+)(?=\s|\?>$)/.exec(whole)?.[1];
    if (target === undefined || !nameIsValid(target)) throw new XmlError('an instruction without a name');
    if (target.toLowerCase() === 'xml' && (this.#begun || !DECLARATION.test(whole))) {
      throw new XmlError('a declaration that is wrong, or not at the beginning');
    }
    this.#begun = true;
    return end + 2;
  }

  #localOf(raw: string): string {
    // Nearly every name of a sheet is one letter.
    if (raw.length === 1 && raw >= 'a' && raw <= 'z') return raw;
    const known = this.#locals.get(raw);
    if (known !== undefined) return known;
    if (!nameIsValid(raw)) throw new XmlError('a name that XML does not allow');
    const local = raw.slice(raw.indexOf(':') + 1);
    if (this.#locals.size < 1_000) this.#locals.set(raw, local);
    return local;
  }
}

function textOf(raw: string): string {
  if (raw.includes(']]>')) throw new XmlError(']]> in text');
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  return text.includes('&') ? entities(text) : text;
}

function attributeValue(raw: string): string {
  const value = raw.replace(/\r\n|[\t\r\n]/g, ' ');
  return value.includes('&') ? entities(value) : value;
}

function entities(text: string): string {
  const resolved = resolveEntities(text);
  if (resolved === null) throw new XmlError('an unknown entity');
  return resolved;
}
