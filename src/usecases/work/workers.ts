// A machine -> how many files are worked on at the same time: as many as its cores and its memory bear.

export interface Machine {
  cores: number;
  /** What this process and its children may use in all. */
  memoryMb: number;
}

/** A file at its worst: the 512 MB that its reading process may take, and what cleaning and storing hold of it here. */
const fileMemoryMb = 640;
/** The other half is for the database, the system and this process itself. */
const memoryShare = 0.5;
/** One file waits for its reading process or the database while the other computes, even on one core. */
const leastUseful = 2;
/** Each file holds a connection while it is stored and needs another now and then; the pool has ten, for everybody. */
const most = 6;

/** At least 1. */
export function workersFor({ cores, memoryMb }: Machine): number {
  const fit = Math.floor((memoryMb * memoryShare) / fileMemoryMb);
  return Math.max(1, Math.min(Math.max(leastUseful, cores), fit, most));
}
