// Replies -> standard output: a message for people, one JSON document or one a line for programs. Keeps the exit code.

import { mkdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '#src/errors.ts';
import type { Message } from '#src/message/message.ts';
import { type ConsoleStyle, renderConsole } from './render.ts';

export interface Output {
  /** One reply of possibly several. */
  reply(document: unknown, message: Message | null): void;
  /** Ends a command: with --json, prints what came as one document (a list when `many`). */
  end(many: boolean): void;
}

export interface OutputOptions {
  json: boolean;
  jsonl: boolean;
  style: Omit<ConsoleStyle, 'paths'>;
  /** Where attachments of messages are kept, for people. */
  outDir: string;
}

export function makeOutput({ json, jsonl, style, outDir }: OutputOptions): Output {
  const documents: unknown[] = [];
  return {
    reply(document, message) {
      if (jsonl) print(JSON.stringify(document));
      else if (json) documents.push(document);
      else if (message) print(`${renderConsole(message, { ...style, paths: keepAttachments(message, outDir) })}\n`);
      else print(JSON.stringify(document));
    },
    end(many) {
      if (json && !jsonl) print(JSON.stringify(many ? documents : (documents[0] ?? null), null, 2));
    },
  };
}

/** Writes a file into a folder that is made when needed, and returns its path. The name is data: only its last part counts. */
export function keepFile(folder: string, name: string, data: Uint8Array | string): string {
  const path = join(folder, basename(name));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, data);
  return path;
}

/** Stores a file where somebody said. Throws AppError DATA_INVALID when that cannot be. */
function writeOutput(path: string, data: Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, data);
  } catch (cause) {
    throw new AppError('DATA_INVALID', { reason: `${path} cannot be written` }, { cause });
  }
}

/** A file of JSON lines. Throws AppError DATA_INVALID that names the line. */
export function readLines<T>(path: string): T[] {
  const text = readInput(path).toString('utf8');
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as T];
    } catch {
      throw new AppError('DATA_INVALID', { reason: `line ${index + 1} of ${path} is not JSON` });
    }
  });
}

/** A file that somebody named. Throws AppError DATA_INVALID when it cannot be read. */
export function readInput(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new AppError(
      'DATA_INVALID',
      { reason: missing ? `there is no file ${path}` : `${path} cannot be read` },
      { cause: error },
    );
  }
}

function keepAttachments(message: Message, outDir: string): Map<string, string> {
  return new Map((message.attachments ?? []).map(({ name, data }) => [name, keepFile(outDir, name, data)]));
}

/** Waits for slow readers: a pipe that is full would otherwise lose the rest when the process ends. */
function print(text: string): void {
  const bytes = Buffer.from(`${text}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Files that somebody names on the command line. */
export const files = { readInput, readLines, writeOutput, nameOf: (path: string) => basename(path) };
