// Starts the process that reads one file, and speaks with it: may read that file and its own code, nothing else; no
// network, no processes, no add-ons, no environment. Ended when its time is up; its time is what we wait for it.

import { type ChildProcess, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '#src/errors.ts';
import type { Command, Reply } from './protocol.ts';

const here = dirname(realpathSync(fileURLToPath(import.meta.url)));

/** The rights and limits of the reading process, as arguments for Node. `file` is the only data that it may read. */
export function sandbox(file: string, maxMemoryMb: number): string[] {
  const readable = [
    file,
    join(here, 'reader/'),
    join(here, 'package/'),
    join(here, 'protocol.ts'),
    join(here, '../../package.json'),
  ];
  return [
    '--permission',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    '--no-warnings',
    '--no-addons',
    '--disable-proto=delete',
    // Buffers and code live outside of this heap; the process watches its whole size itself.
    `--max-old-space-size=${Math.max(32, Math.floor(maxMemoryMb * 0.7))}`,
    '--max-semi-space-size=4',
  ];
}

/** The entry point of the reading process. */
export const readerFile = join(here, 'reader/child.ts');

export class ReadingProcess {
  #child: ChildProcess;
  #fileName: string;
  #maxMs: number;
  #limits: { maxSeconds: number; maxMemoryMb: number };
  #held: Buffer[] = [];
  /** Lines as they came: a reply takes ten times the room once it is parsed. */
  #replies: Buffer[] = [];
  #ended: AppError | Error | null = null;
  #stderr = '';
  #wake: () => void = () => {};

  /** `fileName` is for sentences; `path` is what is read. */
  constructor(path: string, fileName: string, limits: { maxSeconds: number; maxMemoryMb: number }) {
    this.#fileName = fileName;
    this.#limits = limits;
    this.#maxMs = limits.maxSeconds * 1_000;
    this.#child = spawn(process.execPath, [...sandbox(path, limits.maxMemoryMb), readerFile], {
      env: {},
      cwd: dirname(path),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.stdout!.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#child.stderr!.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(0, 4_000);
    });
    this.#child.stdin!.on('error', () => {});
    this.#child.on('error', (error) => this.#end(error));
    this.#child.on('close', (code, signal) => this.#end(this.#whyEnded(code, signal)));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  say(command: Command): void {
    if (!this.#child.stdin!.destroyed) this.#child.stdin!.write(`${JSON.stringify(command)}\n`);
  }

  /** The next reply. Throws AppError when the file is refused or the limits are used up. */
  async hear(): Promise<Reply> {
    const began = performance.now();
    const timer = setTimeout(() => this.#stop(`${this.#limits.maxSeconds} seconds`), Math.max(0, this.#maxMs));
    while (this.#replies.length === 0 && !this.#ended) await new Promise<void>((resolve) => (this.#wake = resolve));
    clearTimeout(timer);
    this.#maxMs -= performance.now() - began;
    const line = this.#replies.shift();
    if (!line) throw this.#ended;
    const reply = JSON.parse(line.toString('utf8')) as Reply;
    if (reply.is === 'refused') throw new AppError(reply.code, { ...reply.params, file: this.#fileName });
    return reply;
  }

  /** Ends the process; resolves when it is gone. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined) return;
    const gone = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.kill('SIGKILL');
    await gone;
  }

  #stop(limit: string): void {
    this.#end(
      new AppError('UPLOAD_READ_LIMIT', { file: this.#fileName, reason: `more than ${limit}; it is too large` }),
    );
    this.#child.kill('SIGKILL');
  }

  #end(error: Error): void {
    this.#ended ??= error;
    this.#wake();
  }

  #receive(chunk: Buffer): void {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      this.#held.push(chunk.subarray(from, at));
      this.#replies.push(Buffer.concat(this.#held));
      this.#held = [];
      from = at + 1;
    }
    if (from < chunk.length) this.#held.push(chunk.subarray(from));
    if (this.#replies.length > 0) this.#wake();
  }

  #whyEnded(code: number | null, signal: string | null): Error {
    // V8 aborts a process whose heap is full. Who is killed from outside has nothing to say about the file: a retry may read it.
    if (signal === 'SIGABRT' || code === 134 || /heap out of memory/.test(this.#stderr)) {
      const reason = `more than ${this.#limits.maxMemoryMb} MB of memory; it is too large`;
      return new AppError('UPLOAD_READ_LIMIT', { file: this.#fileName, reason });
    }
    return new Error(`The reading process ended (${signal ?? code}): ${this.#stderr}`);
  }
}
