// Time for what Slack waits for (retries, limits, expiries): real, hurried by a factor, or moved on by the test.
// Message timestamps and signatures always use the real time.

export interface Clock {
  /** Milliseconds of peer time. */
  now(): number;
  /** Runs `work` after that much peer time; the answer takes it back. */
  after(ms: number, work: () => void): () => void;
  wait(ms: number): Promise<void>;
  /** Jumps ahead and runs what falls due, in order. */
  advance(ms: number): void;
  stop(): void;
}

interface Timer {
  due: number;
  work: () => void;
}

/** @param speed peer milliseconds per real one; 0 stands still until {@link Clock.advance}. */
export function makeClock(speed: number): Clock {
  const began = performance.now();
  const timers = new Set<Timer>();
  let skipped = Date.now();
  let alarm: NodeJS.Timeout | undefined;
  const now = () => skipped + (performance.now() - began) * speed;
  const runDue = () => {
    for (;;) {
      const next = [...timers].sort((a, b) => a.due - b.due)[0];
      if (!next || next.due > now()) break;
      timers.delete(next);
      next.work();
    }
    clearTimeout(alarm);
    const next = Math.min(...[...timers].map((each) => each.due));
    if (speed > 0 && Number.isFinite(next)) alarm = setTimeout(runDue, Math.max(0, (next - now()) / speed) + 0.5);
  };
  const after = (ms: number, work: () => void) => {
    const timer = { due: now() + ms, work };
    timers.add(timer);
    if (speed > 0) runDue();
    return () => void timers.delete(timer);
  };
  return {
    now,
    after,
    wait: (ms) => new Promise((resolve) => (ms <= 0 ? resolve() : void after(ms, resolve))),
    advance: (ms) => {
      skipped += ms;
      runDue();
    },
    stop: () => {
      clearTimeout(alarm);
      timers.clear();
    },
  };
}
