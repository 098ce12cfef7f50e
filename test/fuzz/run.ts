// npm run fuzz -- --minutes 10 [--seed 1]: breaks workbooks for as long as it is told, and says what became of
// them. A finding is printed with its seed, its workbook is kept in the system's folder for such files, and the exit code is 1.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Attack, attack, mutantOf } from './attack.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string', default: String(Date.now() % 1e9) } },
});
const until = performance.now() + Number(values.minutes) * 60_000;
const first = Number(values.seed);
if (!Number.isFinite(until) || !Number.isSafeInteger(first)) {
  console.error('Usage: npm run fuzz -- [--minutes NUMBER] [--seed WHOLE NUMBER]');
  process.exit(2);
}

console.log(`The first seed is ${first}.`);
const outcomes = new Map<string, number>();
let folder = '';
let count = 0;
let slowest = await attack(first);
let largest = slowest;

note(slowest);
for (let seed = first + 1; performance.now() < until; seed += 1) note(await attack(seed));

console.log(`${count} workbooks were broken.`);
for (const [outcome, times] of [...outcomes].sort((a, b) => b[1] - a[1]))
  console.log(`${String(times).padStart(7)} ${outcome}`);
console.log(`The slowest took ${slowest.seconds.toFixed(1)} s (seed ${slowest.seed}: ${slowest.how.join(', ')}).`);
console.log(`The largest took ${Math.round(largest.memoryMb)} MB (seed ${largest.seed}: ${largest.how.join(', ')}).`);

function note(each: Attack): void {
  count += 1;
  outcomes.set(each.outcome, (outcomes.get(each.outcome) ?? 0) + 1);
  if (each.seconds > slowest.seconds) slowest = each;
  if (each.memoryMb > largest.memoryMb) largest = each;
  if (each.findings.length === 0) return;
  process.exitCode = 1;
  folder ||= mkdtempSync(join(tmpdir(), 'taskifai-fuzz-'));
  const path = join(folder, `${each.seed}.xlsx`);
  writeFileSync(path, mutantOf(each.seed).bytes);
  console.log(`FINDING seed ${each.seed} (${each.how.join(', ')}), kept as ${path}\n  ${each.findings.join('\n  ')}`);
}
