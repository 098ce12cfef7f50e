// The composition root, the only file that sees both sides: configuration, vendor files, adapters and app, then one command.

import { globSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeCharts } from '#adapters/chart/index.ts';
import { makeScanner } from '#adapters/clamav/index.ts';
import {
  type Command,
  chatLoop,
  consoleStyle,
  files,
  keepFile,
  makeConsoleChat,
  makeOutput,
  type Output,
  parseCommand,
  readInput,
  withProgress,
} from '#adapters/console/index.ts';
import { makeRateSource } from '#adapters/ecb/index.ts';
import { machine, settle } from '#adapters/environment/index.ts';
import { makeSheets, makeWorkbooks } from '#adapters/excel/index.ts';
import { makeJobs } from '#adapters/jobs/index.ts';
import { makeLog } from '#adapters/log/index.ts';
import { noChat, noJobs } from '#adapters/memory/index.ts';
import { makeModel } from '#adapters/openai/index.ts';
import { type Database, loadDataset, makeStores, openDatabase, openThrowaway } from '#adapters/postgres/index.ts';
import { startWeb } from '#adapters/web/index.ts';
import { makeApp } from './app.ts';
import { type Briefing, parseBriefing } from './ask/model/briefing.ts';
import type { ConversationId, Sender } from './chat/event.ts';
import { demo } from './commands/demo.ts';
import { type AnyReply, type Context, dispatch, givesMany, type Outside, worksOnFiles } from './commands/dispatch.ts';
import { failureReply } from './commands/ingest.ts';
import { type Config, readConfig } from './config.ts';
import { AppError } from './errors.ts';
import type { Chat, Observer, Ports } from './ports.ts';
import { checkReadiness } from './usecases/check-readiness.ts';
import { workersFor } from './usecases/work/workers.ts';
import { parseVendor, type VendorDefinition } from './vendors/vendor.ts';

/** Who acts when nobody is named: the person at this machine, who can read the configuration anyway. */
const localUser = 'local@console';

interface Product extends Context {
  config: Config;
  database: Database;
  close(): Promise<void>;
}

process.exitCode = await main(process.argv.slice(2));

async function main(argv: string[]): Promise<number> {
  const parsed = parseCommand(argv);
  if (!parsed.ok) {
    console.error(parsed.usage);
    return 2;
  }
  const { command } = parsed;
  if (command.name === 'help') {
    console.log(command.text);
    return 0;
  }
  const config = settle(readConfig);
  if (!config) return 1;
  const serving = command.name === 'serve';
  // Of a command only what matters goes to standard error.
  const lines = makeLog(!serving && config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL);
  const log = serving ? lines : withProgress(lines, process.stderr, command.progress);
  const style = consoleStyle(process.stdout, process.env);
  const output = makeOutput({
    ...command,
    style,
    outDir: command.name === 'demo' ? 'out' : join(config.DATA_DIR, 'charts'),
  });
  try {
    return await perform(command, config, log, output);
  } catch (error) {
    const known = error instanceof AppError;
    const failure = known ? error : new AppError('ASK_FAILED', { reference: log.failure(command.name, error) });
    const reply = failureReply(failure);
    output.reply(reply.document, reply.message);
    output.end(false);
    return 1;
  }
}

async function perform(command: Command, config: Config, log: Observer, output: Output): Promise<number> {
  if (command.name === 'serve') return serve(config, log);
  if (command.name === 'chat') return chat(config, log);
  if (command.name === 'help') return 0;
  if (command.name === 'demo') return print(output, await demonstration(config, log), true);
  const product = await open(config, log, { jobs: worksOnFiles(command) });
  return print(
    output,
    { replies: dispatch(command, product, outsideOf(product)), close: product.close },
    givesMany(command),
  );
}

async function print(
  output: Output,
  from: { replies: AsyncGenerator<AnyReply>; close: () => Promise<void> },
  many: boolean,
): Promise<number> {
  try {
    let failed = false;
    for await (const reply of from.replies) {
      output.reply(reply.document, reply.message);
      failed ||= reply.failed;
    }
    output.end(many);
    return failed ? 1 : 0;
  } finally {
    await from.close();
  }
}

/** What commands need beside the ports. */
function outsideOf(product: Product): Outside {
  return {
    ...files,
    keepChart: (name, png) => keepFile(join(product.config.DATA_DIR, 'charts'), name, png),
    pause: () => sleep(20),
    doctor: () => product.database.doctor(),
    applied: product.database.applied,
    async *withData(folder, by, work) {
      const database = await openThrowaway(product.database);
      try {
        const scratch = assemble(product.config, database, product.ports, product.definitions);
        await loadDataset(database, product.config.CLIENT_ID, folder, await scratch.principal(by.user, by.space));
        yield* work(scratch);
      } finally {
        await database.close();
      }
    },
  };
}

/** The product over a data folder of its own, which is gone afterwards, so that the demo can be shown again. */
async function demonstration(config: Config, log: Observer) {
  const dataDir = await mkdtemp(join(tmpdir(), 'taskifai-demo-'));
  // The embedded server may run under an account of its own, which must get in.
  await chmod(dataDir, 0o755);
  const {
    DATABASE_URL: _url,
    DATABASE_OWNER_URL: _owner,
    DATABASE_ANALYST_URL: _analyst,
    DATABASE_AUDIT_URL: _audit,
    ...rest
  } = config;
  const product = await open({ ...rest, DATA_DIR: dataDir }, log, { jobs: true });
  const samples = fileURLToPath(new URL('../test/fixtures/samples/', import.meta.url));
  // The first sample of every vendor that is defined and has one.
  const files = product.definitions.flatMap(({ id }) => {
    const [path] = id === 'generic' ? [] : globSync(join(samples, id, '*', '*.xlsx')).sort();
    return path === undefined ? [] : [{ name: basename(path), read: async () => readInput(path) }];
  });
  return {
    replies: demo(product, {
      files,
      keep: (name, data) => keepFile('out', name, data),
      pause: () => sleep(20),
      clientName: 'Northbound (demo)',
      baseCurrency: config.BASE_CURRENCY,
    }),
    async close() {
      await product.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function serve(config: Config, log: Observer): Promise<number> {
  const roles = config.PROCESS_ROLES;
  const product = await open(config, log, { jobs: true });
  if (roles.includes('worker')) await product.app.work();
  const web = roles.includes('web')
    ? await startWeb({
        host: config.HOST,
        port: config.PORT,
        clientName: config.CLIENT_NAME,
        checks: () => readiness(product),
      })
    : null;
  log.record({ kind: 'started', roles, database: config.DATABASE_URL ? 'given' : 'embedded' });
  if (web) console.log(`TaskifAI listens at ${config.PUBLIC_URL ?? web.address}`);
  await new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve());
  });
  await web?.stop();
  await product.close();
  log.record({ kind: 'stopped' });
  return 0;
}

/** What /readyz asks. */
function readiness({ database }: Product) {
  return checkReadiness({
    database: () => database.pool.query('SELECT 1'),
    queue: () => database.pool.query('SELECT FROM pgboss.version'),
    questionsAreSafe: async () => (await database.selfCheck()).every((finding) => finding.level !== 'error'),
  });
}

async function chat(config: Config, log: Observer): Promise<number> {
  const style = consoleStyle(process.stdout, process.env);
  const terminal = makeConsoleChat({
    ...style,
    write: (text) => process.stdout.write(text),
    outDir: join(config.DATA_DIR, 'charts'),
  });
  let receipts = 0;
  const update: Chat['update'] = async (conversation, ref, message) => {
    await terminal.update(conversation, ref, message);
    if (!message.passing) receipts += 1;
  };
  const product = await open(config, log, { jobs: true, chat: { ...terminal, update } });
  try {
    const { email } = await product.principal(null, null);
    await product.app.work();
    console.log('Type a question, or the path of a workbook. /help says more, /quit ends.\n');
    await chatLoop({
      input: process.stdin,
      output: process.stdout,
      sender: { platform: 'console', id: 'local', email, displayName: null },
      conversation: conversationOf(null),
      offered: () => terminal.offered(),
      async onEvent(event) {
        const expected = receipts + (event.kind === 'file-shared' ? event.files.length : 0);
        await product.app.handle(event);
        while (receipts < expected) await sleep(20);
      },
    });
    return 0;
  } finally {
    await product.close();
  }
}

async function open(config: Config, log: Observer, wanted: { jobs: boolean; chat?: Chat }): Promise<Product> {
  const database = await openDatabase({
    dataDir: config.DATA_DIR,
    clientId: config.CLIENT_ID,
    clientName: config.CLIENT_NAME,
    baseCurrency: config.BASE_CURRENCY,
    encryptionKey: Buffer.from(config.ENCRYPTION_KEY.reveal(), 'base64'),
    databaseUrl: config.DATABASE_URL?.reveal(),
    ownerUrl: config.DATABASE_OWNER_URL?.reveal(),
    analystUrl: config.DATABASE_ANALYST_URL?.reveal(),
    auditUrl: config.DATABASE_AUDIT_URL?.reveal(),
    production: config.NODE_ENV === 'production',
    log: (what) => log.record({ kind: 'warning', what }),
  });
  try {
    const onError = (error: unknown) => void log.failure('queue', error);
    const jobs = wanted.jobs ? await makeJobs({ databaseUrl: database.productUrl, onError }) : noJobs;
    const outside = {
      jobs,
      chat: wanted.chat ?? noChat,
      sheets: makeSheets(),
      scanner: makeScanner({ host: config.CLAMD_HOST, port: config.CLAMD_PORT, observer: log }),
      rateSource: makeRateSource(config.FX_RATES_URL ?? null),
      workbooks: makeWorkbooks(),
      charts: makeCharts(),
      model: makeModel(config),
      observer: log,
      clock: { now: () => new Date() },
    };
    return {
      ...assemble(config, database, outside, readVendors()),
      async close() {
        await jobs.stop();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

type Surroundings = Omit<Ports, keyof ReturnType<typeof makeStores> | 'analyst' | 'audit'>;

/** The product over one database. */
function assemble(config: Config, database: Database, outside: Surroundings, definitions: VendorDefinition[]): Product {
  const stores = makeStores(database, {
    clientId: config.CLIENT_ID,
    encryptionKey: Buffer.from(config.ENCRYPTION_KEY.reveal(), 'base64'),
    visibility: config.DATA_VISIBILITY,
    isDirect: (conversation) => !conversation.startsWith('console:#'),
  });
  const { analyst, audit } = database;
  const ports: Ports = { ...outside, ...stores, analyst, audit };
  const limits = {
    maxBytes: config.MAX_UPLOAD_SIZE_MB * 1_048_576,
    extensions: config.ALLOWED_FILE_EXTENSIONS.map((each) => each.toLowerCase()),
  };
  const app = makeApp(ports, {
    vendors: definitions,
    baseCurrency: config.BASE_CURRENCY,
    timeZone: config.TIMEZONE,
    limits,
    workers: workersFor(machine()),
    model: {
      briefing: readBriefing(),
      budgetUsd: config.LLM_MONTHLY_BUDGET_USD ?? null,
      resultRows: config.LLM_RESULT_ROWS,
    },
  });
  return {
    config,
    ports,
    app,
    database,
    definitions,
    modelBudgetUsd: config.LLM_MONTHLY_BUDGET_USD ?? null,
    async principal(user, space) {
      if (user === null) await stores.directory.addUser({ email: localUser, role: 'admin' });
      const sender: Sender = { platform: 'console', id: 'local', email: user ?? localUser, displayName: null };
      const principal = await stores.directory.principal(sender, conversationOf(space));
      if (!principal) throw new AppError('ACCESS_UNKNOWN_USER');
      return principal;
    },
    close: () => database.close(),
  };
}

function conversationOf(space: string | null): ConversationId {
  return (space === null ? 'console:local' : `console:#${space}`) as ConversationId;
}

/** Every definition in src/vendors; there is no list to edit. */
function readVendors(): VendorDefinition[] {
  const folder = new URL('vendors/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return files.sort().map((name) => parseVendor(readFileSync(new URL(name, folder), 'utf8'), name));
}

/** What the model is told, from prompts/. */
function readBriefing(): Briefing {
  const text = (name: string) => readFileSync(new URL(`../prompts/${name}`, import.meta.url), 'utf8');
  return parseBriefing(text('analyst.md'), text('examples.yaml'));
}
