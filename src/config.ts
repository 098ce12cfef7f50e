// Environment -> Config. Every problem is reported at once, each with what to do; secrets are wrapped so that a log shows
// stars. Refuses a production start with a secret missing. `.env.example` lists the same names in the same order.

import { z } from 'zod';

/** A value that never shows itself: text, JSON and inspection give stars. `reveal` is the one way in. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return '***';
  }
  toJSON(): string {
    return '***';
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '***';
  }
}

export const processRoles = ['web', 'chat', 'worker', 'cron'] as const;
export type ProcessRole = (typeof processRoles)[number];

const databaseUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must be an address such as postgres://user:password@host:5432/database')
  .transform((value) => new Secret(value));
const encryptionKey = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64: openssl rand -base64 32')
  .transform((value) => new Secret(value));
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));
const decimal = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a number such as 0.5')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));
const timeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, 'must be an IANA time zone such as Europe/Amsterdam');
const webAddress = z.url({ protocol: /^https?$/, message: 'must be an address that begins with http:// or https://' });

/** Rates decide over amounts: nobody on the way may change them. */
function isSafeSource(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
}

/** Every variable, in the order of `.env.example`. Names are those of the documentation. */
const schema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'], 'must be development, test or production')
    .default('development'),
  CLIENT_ID: z.uuid('must be a uuid; make one with: uuidgen').optional(),
  CLIENT_NAME: z.string().max(200).default('My company'),
  BASE_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR')
    .default('EUR'),
  TIMEZONE: timeZone.default('Europe/Amsterdam'),
  DATA_DIR: z.string().default('./.data'),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_OWNER_URL: databaseUrl.optional(),
  DATABASE_ANALYST_URL: databaseUrl.optional(),
  DATABASE_AUDIT_URL: databaseUrl.optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65535).default(3000),
  PUBLIC_URL: webAddress.optional(),
  ENCRYPTION_KEY: encryptionKey.optional(),
  MAX_UPLOAD_SIZE_MB: wholeNumber(1, 1024).default(10),
  ALLOWED_FILE_EXTENSIONS: list
    .pipe(
      z
        .array(z.string().regex(/^\.[a-z0-9]+$/i, 'must be a list such as .xlsx,.xlsm'))
        .min(1, 'must name at least one ending, such as .xlsx'),
    )
    .default(['.xlsx']),
  CLAMD_HOST: z
    .string()
    .regex(/^[\w.-]+$|^[\da-f:.]+$/i, 'must be a host name or an address, without port and http://')
    .optional(),
  CLAMD_PORT: wholeNumber(1, 65535).default(3310),
  DATA_VISIBILITY: z.enum(['own', 'space', 'client'], 'must be own, space or client').default('space'),
  OPENAI_API_KEY: z
    .string()
    .transform((value) => new Secret(value))
    .optional(),
  OPENAI_BASE_URL: webAddress.optional(),
  OPENAI_MODEL: z.string().max(100).default('gpt-4o'),
  OPENAI_ORG_ID: z.string().max(100).optional(),
  OPENAI_MAX_TOKENS: wholeNumber(50, 100_000).default(1000),
  OPENAI_TEMPERATURE: decimal(0, 2).default(0.1),
  LLM_MONTHLY_BUDGET_USD: decimal(0, 1_000_000).optional(),
  LLM_TIMEOUT_SECONDS: wholeNumber(1, 300).default(30),
  LLM_RESULT_ROWS: wholeNumber(0, 500).default(50),
  FX_RATES_URL: z
    .url('must be an address such as https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip')
    .refine(isSafeSource, 'must begin with https:// (http:// is only for this machine)')
    .optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'must be trace, debug, info, warn, error or silent')
    .default('info'),
  PROCESS_ROLES: list
    .pipe(
      z
        .array(z.enum(processRoles, `must be a list of ${processRoles.join(', ')}`))
        .min(1, 'must name at least one part'),
    )
    .default([...processRoles]),
});

/** Names of all variables, in order. */
export const variableNames = Object.keys(schema.shape) as (keyof typeof schema.shape)[];

/** Secrets that a local start may generate into DATA_DIR/secrets.env, and that production must bring. */
export const generatedSecrets = ['CLIENT_ID', 'ENCRYPTION_KEY'] as const;

type Parsed = z.output<typeof schema>;
export type Config = Omit<Parsed, (typeof generatedSecrets)[number]> & { CLIENT_ID: string; ENCRYPTION_KEY: Secret };

export interface Problem {
  variable: string;
  /** What is wrong and what to do, never the value. */
  message: string;
}

/**
 * Reads the environment. Empty values count as unset.
 * `missing` lists generated secrets that are not set: outside production the caller makes them and reads again.
 */
export function readConfig(
  env: Record<string, string | undefined>,
): { ok: true; config: Config } | { ok: false; problems: Problem[]; missing: (typeof generatedSecrets)[number][] } {
  const given = Object.fromEntries(
    variableNames.filter((name) => env[name] !== undefined && env[name] !== '').map((name) => [name, env[name]]),
  );
  const parsed = schema.safeParse(given);
  const problems: Problem[] = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ variable: String(issue.path[0]), message: issue.message }));
  const missing = generatedSecrets.filter((name) => given[name] === undefined);
  if (given.NODE_ENV === 'production') {
    for (const name of missing) {
      problems.push({ variable: name, message: `must be set when NODE_ENV=production; ${howToMake[name]}` });
    }
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems, missing: [] };
  const { CLIENT_ID, ENCRYPTION_KEY, ...rest } = parsed.data;
  if (CLIENT_ID === undefined || ENCRYPTION_KEY === undefined) return { ok: false, problems: [], missing };
  return { ok: true, config: { ...rest, CLIENT_ID, ENCRYPTION_KEY } };
}

const howToMake: Record<(typeof generatedSecrets)[number], string> = {
  CLIENT_ID: 'make one with: uuidgen',
  ENCRYPTION_KEY: 'make one with: openssl rand -base64 32, and keep it: without it stored files cannot be read again',
};
