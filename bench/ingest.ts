// From a workbook on disk to committed rows with their audit, as a whole process, against pandas + openpyxl + psycopg2 doing
// the same job on the same server.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '#adapters/postgres/index.ts';
import { type Measured, median, run } from './measure.ts';
import { bigReport } from './workbook.ts';

/** What `npm run cli` runs, without the name of the program. */
const cli = JSON.parse(readFileSync('package.json', 'utf8')).scripts.cli.split(' ').slice(1) as string[];
const sizes = [10_000, 100_000];
const rounds = 3;

export async function benchIngest(folder: string): Promise<string> {
  const python = ['/usr/bin/python3', 'python3'].find(
    (path) => spawnSync(path, ['-c', 'import pandas, openpyxl, psycopg2']).status === 0,
  );
  const lines: string[] = [];
  for (const size of sizes) {
    const file = join(folder, `BOXNOX - Monthly Sales Report ${size}.xlsx`);
    writeFileSync(file, await bigReport(size));
    const ours: Measured[] = [];
    const theirs: { seconds: number; peakMb: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const dataDir = join(folder, `data-${size}-${round}`);
      mkdirSync(dataDir);
      // The server runs before either side starts its clock, and belongs to neither's process tree.
      const env = {
        DATA_DIR: dataDir,
        CLIENT_ID: '7c1f9a52-4b1e-4f57-9f0c-0d0f6a3a9b11',
        ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
        LOG_LEVEL: 'warn',
        MAX_UPLOAD_SIZE_MB: '50',
      };
      const database = await openDatabase({
        dataDir,
        clientId: env.CLIENT_ID,
        clientName: 'Bench',
        baseCurrency: 'EUR',
        encryptionKey: Buffer.alloc(32, 7),
        log: () => {},
      });
      try {
        const measured = await run(process.execPath, [...cli, 'ingest', file, '--json'], env);
        const receipt = JSON.parse(measured.stdout);
        if (receipt.rows?.loaded !== size)
          throw new Error(`expected ${size} rows, got ${measured.stdout.slice(0, 500)}`);
        ours.push(measured);
        if (python) {
          const baseline = await run(python, ['bench/baseline.py', file, database.ownerUrl]);
          theirs.push({ seconds: baseline.seconds, peakMb: baseline.peakMb });
        }
      } finally {
        await database.close();
      }
    }
    lines.push(row(size, ours, theirs));
  }
  return `## From file to committed rows

One report of 9 columns, half of its amounts as text with a comma; whole processes, from start to exit, median of ${rounds}; memory is the peak of the
process tree without the database server, shared pages counted once.

| rows | ours | pandas + openpyxl + psycopg2 | times faster | our memory | theirs | memory ratio |
|---|---|---|---|---|---|---|
${lines.join('\n')}${python ? '' : '\n\nThe baseline was skipped: python3 with pandas, openpyxl and psycopg2 was not found (Debian: python3-pandas python3-openpyxl python3-psycopg2).'}`;
}

function row(size: number, ours: Measured[], theirs: { seconds: number; peakMb: number }[]): string {
  const seconds = median(ours.map((each) => each.seconds));
  const memory = median(ours.map((each) => each.peakMb));
  const start = `| ${size.toLocaleString('en')} | ${seconds.toFixed(2)} s`;
  if (theirs.length === 0) return `${start} | skipped | | ${memory} MB | | |`;
  const theirSeconds = median(theirs.map((each) => each.seconds));
  const theirMemory = median(theirs.map((each) => each.peakMb));
  return `${start} | ${theirSeconds.toFixed(2)} s | **${(theirSeconds / seconds).toFixed(1)}** | ${memory} MB | ${theirMemory} MB | ${(memory / theirMemory).toFixed(2)} |`;
}
