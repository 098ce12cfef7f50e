// Questions that arrive together -> at most so many at once in all and for one person; the others wait their turn until
// a deadline, then are told to come back.

import { AppError } from '#src/errors.ts';

export interface Queue {
  /** Throws AppError `ASK_BUSY` when no turn comes in time. */
  run<T>(person: string, work: () => Promise<T>): Promise<T>;
}

interface Waiting {
  person: string;
  go(): void;
}

export function makeQueue(limits: { atOnce: number; perPerson: number; patienceMs: number }): Queue {
  const running = new Map<string, number>();
  let inAll = 0;
  let waiting: Waiting[] = [];

  const free = (person: string) => inAll < limits.atOnce && (running.get(person) ?? 0) < limits.perPerson;
  const begin = (person: string) => {
    inAll++;
    running.set(person, (running.get(person) ?? 0) + 1);
  };
  const end = (person: string) => {
    inAll--;
    const left = (running.get(person) ?? 1) - 1;
    if (left === 0) running.delete(person);
    else running.set(person, left);
    // First come, first served, but nobody waits behind a person who has all their turns.
    const next = waiting.find((each) => free(each.person));
    if (!next) return;
    waiting = waiting.filter((each) => each !== next);
    begin(next.person);
    next.go();
  };

  return {
    async run(person, work) {
      if (free(person)) begin(person);
      else await turn(person);
      try {
        return await work();
      } finally {
        end(person);
      }
    },
  };

  function turn(person: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const place: Waiting = {
        person,
        go() {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        waiting = waiting.filter((each) => each !== place);
        reject(new AppError('ASK_BUSY'));
      }, limits.patienceMs);
      waiting.push(place);
    });
  }
}
