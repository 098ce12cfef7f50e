// Blocks of a message, modal or Home tab -> what Slack would refuse about them, each with its place; none when all is well.

import type { Json } from '../world/types.ts';
import { LIMITS } from './limits.ts';

export interface Surroundings {
  surface: 'message' | 'view';
  /** Whether `slack_file` may name this file now. */
  fileReady(id: string): boolean;
}

export function checkBlocks(blocks: readonly Json[], around: Surroundings): string[] {
  const most = LIMITS.blocks[around.surface];
  return blocks.length > most ? [`[ERROR] no more than ${most} items allowed [json-pointer:/blocks]`] : [];
}
