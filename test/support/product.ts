// The whole product over a test database, as the composition root builds it, without a queue: files are worked on at once.

import { readdirSync, readFileSync } from 'node:fs';
import { makeCharts } from '#adapters/chart/index.ts';
import { makeScanner } from '#adapters/clamav/index.ts';
import { makeRateSource } from '#adapters/ecb/index.ts';
import { makeSheets, makeWorkbooks } from '#adapters/excel/index.ts';
import { noChat, noJobs, noModel } from '#adapters/memory/index.ts';
import { type App, makeApp } from '#src/app.ts';
import { parseBriefing } from '#src/ask/model/briefing.ts';
import type { Job, Ports } from '#src/ports.ts';
import type { ModelSettings } from '#src/usecases/ask/ask-model.ts';
import { ingestFile } from '#src/usecases/ingest-file.ts';
import { parseVendor } from '#src/vendors/vendor.ts';
import type { TestDatabase } from './database.ts';
import { storesOf } from './stored.ts';

export const definitions = readdirSync('src/vendors')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => parseVendor(readFileSync(`src/vendors/${name}`, 'utf8'), name));

const prompt = (name: string) => readFileSync(`prompts/${name}`, 'utf8');
export const modelSettings: ModelSettings = {
  briefing: parseBriefing(prompt('analyst.md'), prompt('examples.yaml')),
  budgetUsd: null,
  resultRows: 50,
};

export interface TestProduct {
  app: App;
  ports: Ports;
}

export function productOver(
  database: TestDatabase,
  other: Partial<Ports> = {},
  model: ModelSettings = modelSettings,
): TestProduct {
  const settings = { vendors: definitions, baseCurrency: 'EUR', today: () => '2026-11-23' };
  const ports: Ports = {
    ...storesOf(database),
    analyst: database.analyst,
    audit: database.audit,
    jobs: {
      ...noJobs,
      async enqueue(job: Job) {
        await ingestFile(ports, settings, job);
      },
    },
    chat: noChat,
    sheets: makeSheets(),
    scanner: makeScanner({ host: undefined, port: 3310, observer: { record: () => {} } }),
    rateSource: makeRateSource(null),
    workbooks: makeWorkbooks(),
    charts: makeCharts(),
    model: noModel,
    observer: {
      record: () => {},
      failure: (_where, error) => {
        throw error;
      },
    },
    clock: { now: () => new Date() },
    ...other,
  };
  const limits = { maxBytes: 10 * 1_048_576, extensions: ['.xlsx'] };
  return {
    app: makeApp(ports, {
      vendors: definitions,
      baseCurrency: 'EUR',
      timeZone: 'Europe/Amsterdam',
      limits,
      workers: 1,
      model,
    }),
    ports,
  };
}
