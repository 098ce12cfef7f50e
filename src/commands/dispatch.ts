// A typed command -> its replies, one by one. What a command needs from the outside comes in as functions.

import type { Command } from '#adapters/console/args.ts';
import type { App } from '../app.ts';
import type { Ports, Principal } from '../ports.ts';
import { allVendors, knownLayouts } from '../usecases/teach/known-layouts.ts';
import type { VendorDefinition } from '../vendors/vendor.ts';
import { ask, type QuestionToAsk } from './ask.ts';
import { doctor, type Finding } from './doctor.ts';
import { decideFile, type FileToIngest, ingest, type Reply, replace } from './ingest.ts';
import { productMatch, products, productsImport, unmatched } from './reference/products.ts';
import { rates, ratesFetch, ratesImport, reconversion } from './reference/rates.ts';
import { decide, errors, review } from './review/review.ts';
import { why } from './review/trace.ts';
import { sql } from './sql.ts';
import { vendorExport } from './teach/export.ts';
import { teach } from './teach/teach.ts';
import { fixes, rows, undo } from './uploads.ts';
import { userAdd, userDeactivate, userList } from './users.ts';
import { vendorCheck, vendors } from './vendors.ts';

export interface Context {
  app: App;
  ports: Ports;
  /** Those that ship with the product. */
  definitions: VendorDefinition[];
  /** US dollars a month that a language model may cost; null when there is no limit. */
  modelBudgetUsd: number | null;
  /** Who acts, in which conversation; null for the local user and the local conversation. */
  principal(user: string | null, space: string | null): Promise<Principal>;
}

export interface Outside {
  /** The bytes of a file that somebody named. */
  readInput(path: string): Uint8Array;
  /** A file of JSON lines. */
  readLines<T>(path: string): T[];
  /** The last part of a path. */
  nameOf(path: string): string;
  /** Stores a file where somebody said. */
  writeOutput(path: string, data: Uint8Array): void;
  /** Stores a drawn chart and returns its path. */
  keepChart(name: string, png: Uint8Array): string;
  pause(): Promise<void>;
  doctor(): Promise<Finding[]>;
  /** Names of the migrations that opening the database applied. */
  applied: string[];
  /** The same product over a data set in a throw-away database. */
  withData<T>(
    folder: string,
    by: { user: string | null; space: string | null },
    work: (context: Context) => AsyncGenerator<T>,
  ): AsyncGenerator<T>;
}

/** A reply whose message is null is printed as its document, one a line. */
export type AnyReply = Omit<Reply, 'message'> & { message: Reply['message'] | null };

type Runnable = Exclude<Command, { name: 'serve' | 'chat' | 'demo' | 'help' }>;

export async function* dispatch(command: Runnable, context: Context, outside: Outside): AsyncGenerator<AnyReply> {
  const { app, ports, definitions } = context;
  const by = () => context.principal(command.user, command.space);
  switch (command.name) {
    case 'ingest':
      await app.work();
      yield* ingest(app, ports, await filesToIngest(command, context, outside), command, outside.pause);
      return;
    case 'replace': {
      await app.work();
      const file = await fileToIngest({ file: command.file }, command, context, outside);
      yield* replace(app, ports, command.uploadId, file, command, outside.pause);
      return;
    }
    case 'decide':
      await app.work();
      yield decideFile(ports, command.uploadId, command, await by(), outside.pause);
      return;
    case 'rows':
      yield* lines(rows(ports, command.uploadId, await by(), command.quarantined ? 'quarantined' : 'stored'));
      return;
    case 'fixes':
      yield* lines(fixes(ports, command.uploadId, await by()));
      return;
    case 'review':
      yield review(ports, command.uploadId, await by());
      return;
    case 'release':
    case 'discard':
    case 'correct':
      await app.work();
      yield decide(ports, command, await by(), outside.pause);
      return;
    case 'errors':
      yield errors(ports, command, await by(), outside.writeOutput);
      return;
    case 'why':
      yield why(ports, await allVendors(ports, definitions), command, await by());
      return;
    case 'undo':
      yield undo(ports, command.uploadId, await by());
      return;
    case 'ask':
    case 'sql':
      if (command.data === null) yield* onData(command, context, outside);
      else yield* outside.withData(command.data, command, (scratch) => onData(command, scratch, outside));
      return;
    case 'vendors':
      if (await by()) yield vendors(ports, definitions);
      return;
    case 'teach':
      await app.work();
      yield teach(ports, definitions, command, await by(), outside.pause, context.modelBudgetUsd);
      return;
    case 'vendor export':
      yield vendorExport(ports, command, await by(), outside.writeOutput);
      return;
    case 'vendor check':
      yield vendorCheck(ports, await knownLayouts(ports, definitions), given(command, outside));
      return;
    case 'products':
      if (command.unmatched) yield unmatched(ports, await by());
      else if (await by()) yield products(ports);
      return;
    case 'product match':
      yield productMatch(ports, await allVendors(ports, definitions), command, await by());
      return;
    case 'products import':
      yield productsImport(ports, await allVendors(ports, definitions), given(command, outside), await by());
      return;
    case 'rates':
      if (await by()) yield rates(ports, command.currency);
      return;
    case 'rates import':
      yield ratesImport(ports, given(command, outside), await by());
      return;
    case 'rates fetch':
      yield ratesFetch(ports, await by());
      return;
    case 'reconvert':
      yield reconversion(ports, command, await by());
      return;
    case 'user add':
      yield userAdd(ports, await by(), command);
      return;
    case 'user list':
      yield userList(ports, await by());
      return;
    case 'user deactivate':
      yield userDeactivate(ports, await by(), command.email);
      return;
    case 'migrate':
      yield migrated(outside.applied);
      return;
    case 'doctor':
      yield doctor([...(await outside.doctor()), await ports.scanner.check()]);
      return;
  }
}

function given({ file }: { file: string }, outside: Outside): { name: string; bytes: Uint8Array } {
  return { name: outside.nameOf(file), bytes: outside.readInput(file) };
}

/** Whether a command needs the queue. */
export function worksOnFiles({ name }: Command): boolean {
  return ['ingest', 'replace', 'decide', 'release', 'discard', 'correct', 'teach'].includes(name);
}

/** Whether --json prints a list. */
export function givesMany(command: Runnable): boolean {
  switch (command.name) {
    case 'ingest':
      return command.files.length > 1 || command.from !== null;
    case 'ask':
    case 'sql':
      return command.file !== null;
    default:
      return command.name === 'rows' || command.name === 'fixes';
  }
}

/** Questions and statements. */
async function* onData(
  command: Extract<Command, { name: 'ask' | 'sql' }>,
  context: Context,
  outside: Outside,
): AsyncGenerator<Reply> {
  const by = await context.principal(command.user, command.space);
  if (command.name === 'sql') {
    const one = { id: null, sql: command.statement ?? '' };
    const statements = command.file === null ? [one] : outside.readLines<{ id: string; sql: string }>(command.file);
    for (const statement of statements) yield sql(context.ports, by, statement, command);
    return;
  }
  const one: QuestionToAsk = { id: null, question: command.question ?? '', context: [] };
  const questions = command.file === null ? [one] : outside.readLines<QuestionToAsk>(command.file);
  for (const [index, question] of questions.entries()) {
    const thread = question.id ?? `question-${index + 1}`;
    yield ask(
      context.app,
      by,
      { ...question, context: question.context ?? [] },
      thread,
      command.today,
      outside.keepChart,
      command,
    );
  }
}

interface FileLine {
  file: string;
  name?: string;
  user?: string;
  space?: string;
}

async function filesToIngest(
  command: Extract<Command, { name: 'ingest' }>,
  context: Context,
  outside: Outside,
): Promise<FileToIngest[]> {
  const listed = command.from === null ? [] : outside.readLines<FileLine>(command.from);
  const files: FileToIngest[] = [];
  for (const line of [...command.files.map((file): FileLine => ({ file })), ...listed]) {
    files.push(await fileToIngest(line, command, context, outside));
  }
  return files;
}

async function fileToIngest(
  line: FileLine,
  by: { user: string | null; space: string | null },
  context: Context,
  outside: Outside,
): Promise<FileToIngest> {
  const principal = await context.principal(line.user ?? by.user, line.space ?? by.space);
  return { name: line.name ?? outside.nameOf(line.file), read: async () => outside.readInput(line.file), principal };
}

async function* lines(documents: AsyncGenerator<unknown>): AsyncGenerator<AnyReply> {
  for await (const document of documents) yield { document, message: null, failed: false };
}

function migrated(applied: string[]): Reply {
  const text = applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.';
  return { document: { applied }, message: { blocks: [{ kind: 'text', text }] }, failed: false };
}
