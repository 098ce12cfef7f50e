// Blocks of a message, modal or Home tab -> what Slack would refuse about them, each with its place; none when all is well.

import type { Json } from '../world/types.ts';
import { KINDS } from './kinds.ts';
import { LIMITS } from './limits.ts';
import { isObject, makeProblems, onlyFields, type Problems, stringIn } from './problems.ts';
import { tableCharacters } from './tables.ts';

export interface Surroundings {
  surface: 'message' | 'view';
  /** Whether `data_visualization` has reached this workspace. */
  charts: boolean;
  /** Whether `slack_file` may name this file now. */
  fileReady(id: string): boolean;
}

export function checkBlocks(blocks: readonly Json[], around: Surroundings): string[] {
  const problems = makeProblems();
  const most = LIMITS.blocks[around.surface];
  if (blocks.length > most) problems.say('/blocks', `no more than ${most} items allowed`);
  for (const [at, block] of blocks.entries()) checkBlock(problems, block, `/blocks/${at}`, around);
  checkTogether(problems, blocks);
  return problems.list;
}

function checkBlock(problems: Problems, block: unknown, path: string, around: Surroundings): void {
  if (!isObject(block)) {
    problems.say(path, 'must be an object');
    return;
  }
  if (block.type === undefined) {
    problems.missing(path, 'type');
    return;
  }
  const kind = KINDS[String(block.type)];
  const away = block.type === 'data_visualization' && !around.charts;
  if (!kind || away || (kind.messageOnly && around.surface === 'view')) {
    problems.say(`${path}/type`, `unsupported type: ${block.type}`);
    return;
  }
  stringIn(problems, block, 'block_id', path, { most: LIMITS.blockId, least: 0 });
  onlyFields(problems, block, path, ['type', 'block_id', ...kind.fields]);
  kind.check(problems, block, path, around);
}

/** What holds for all blocks taken together: ids once only, and two sums. */
function checkTogether(problems: Problems, blocks: readonly Json[]): void {
  const ids = new Set<unknown>();
  for (const [at, block] of blocks.entries()) {
    const id = isObject(block) ? block.block_id : undefined;
    if (id === undefined || id === '') continue;
    if (ids.has(id)) problems.say(`/blocks/${at}/block_id`, '`block_id` already exists');
    ids.add(id);
  }
  const sum = (type: string, measure: (block: Json) => number) =>
    blocks.filter((each) => isObject(each) && each.type === type).reduce((total, each) => total + measure(each), 0);
  if (sum('table', tableCharacters) > LIMITS.table.characters) {
    problems.say('/blocks', `tables must be less than ${LIMITS.table.characters + 1} characters together`);
  }
  if (sum('data_visualization', () => 1) > LIMITS.chart.perMessage) {
    problems.say('/blocks', `no more than ${LIMITS.chart.perMessage} data_visualization blocks allowed`);
  }
  const single = blocks.some((each) => isObject(each) && String(each.text).length > LIMITS.markdown);
  if (!single && sum('markdown', (each) => [...String(each.text)].length) > LIMITS.markdown) {
    problems.say('/blocks', `markdown blocks must be less than ${LIMITS.markdown + 1} characters together`);
  }
}
