// Measures the product against baselines in the same run and writes bench/RESULTS.md: figures are ratios and medians,
// because seconds alone say more about the machine than about the program.
//
//   node bench/run.ts [ingest] [engine] [ask] [chart]      all of them without arguments

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { benchAsk } from './ask.ts';
import { benchChart } from './chart.ts';
import { benchEngine } from './engine.ts';
import { benchIngest } from './ingest.ts';

const wanted = process.argv.slice(2);
const benches = { ingest: benchIngest, engine: benchEngine, ask: benchAsk, chart: benchChart };
const sections: string[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const folder = mkdtempSync(join(tmpdir(), 'taskifai-bench-'));
  try {
    console.error(`bench: ${name}`);
    sections.push(await bench(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
const report = `# Benchmarks

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, ${machine}.

${sections.join('\n\n')}
`;
if (wanted.length === 0) writeFileSync(new URL('RESULTS.md', import.meta.url), report);
console.log(report);
process.exit(0);
