// The computer, or the share of it that a container gives us: cores and memory.

import { availableParallelism, totalmem } from 'node:os';

/** `memoryMb` is what this process and its children may use in all. */
export function machine(): { cores: number; memoryMb: number } {
  // 0 or an enormous number where nothing limits us.
  const limit = process.constrainedMemory();
  const memory = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return { cores: availableParallelism(), memoryMb: memory / 1_048_576 };
}
