// The body of a request -> named arguments. Takes forms, JSON and multipart; what is JSON inside a form is decoded too.

import type { IncomingMessage } from 'node:http';
import type { Json } from '../world/types.ts';

const MOST_BYTES = 1024 * 1024 * 1024;

/** Arguments that clients send as JSON text inside a form. */
const NESTED = new Set([
  'attachments',
  'blocks',
  'chunks',
  'files',
  'metadata',
  'prompts',
  'unfurls',
  'view',
  'loading_messages',
]);

export interface Part {
  name: string;
  filename?: string;
  bytes: Buffer;
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error('The body is over 1 GB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Empty strings stay; text that is no JSON stays text, so that a method can refuse it. */
export function decodeArguments(contentType: string, body: Buffer, query: URLSearchParams): Json {
  const args: Json = Object.fromEntries(query);
  if (contentType.startsWith('application/json')) {
    const parsed = parse(body.toString());
    if (typeof parsed === 'object' && parsed !== null) Object.assign(args, parsed);
  } else if (contentType.startsWith('multipart/form-data')) {
    for (const part of decodeMultipart(contentType, body)) {
      args[part.name] = part.filename === undefined ? part.bytes.toString() : `(${part.bytes.length} bytes)`;
    }
  } else {
    Object.assign(args, Object.fromEntries(new URLSearchParams(body.toString())));
  }
  for (const name of NESTED) {
    const value = args[name];
    if (typeof value === 'string') args[name] = parse(value) ?? value;
  }
  return args;
}

export function decodeMultipart(contentType: string, body: Buffer): Part[] {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let start = body.indexOf(mark);
  while (start >= 0) {
    const next = body.indexOf(mark, start + mark.length);
    if (next < 0) break;
    const piece = body.subarray(start + mark.length + 2, next - 2);
    const split = piece.indexOf('\r\n\r\n');
    const head = piece.subarray(0, split).toString();
    const name = /\bname="([^"]*)"/.exec(head)?.[1];
    const filename = /\bfilename="([^"]*)"/.exec(head)?.[1];
    if (split >= 0 && name !== undefined) {
      parts.push({ name, bytes: piece.subarray(split + 4), ...(filename !== undefined && { filename }) });
    }
    start = next;
  }
  return parts;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
