// How far files are -> one line of the terminal that is written over and over, on standard error, so that it never mixes with
// answers. Where there is no terminal it is silent, unless somebody asked: then each word is a line of its own.

import type { Observation } from '#src/observation.ts';
import type { Observer } from '#src/ports.ts';

interface Stream {
  isTTY?: boolean;
  write(text: string): unknown;
}

const eraseLine = '\r\u001b[2K';

/** @param asked whether somebody wants to see it even where this is no terminal */
export function withProgress(observer: Observer, stream: Stream, asked: boolean): Observer {
  const tty = stream.isTTY === true;
  if (!tty && !asked) return observer;
  const reading = new Map<string, string>();
  return {
    record(observation) {
      observer.record(observation);
      if (observation.kind === 'upload-progress') {
        const text = howFar(observation);
        reading.set(observation.uploadId, text);
        // The cursor goes back, so that what comes on standard output begins where it should.
        stream.write(
          tty
            ? `${eraseLine}Reading ${[...reading.values()].join(' | ')}\r`
            : `Reading ${observation.uploadId}: ${text}\n`,
        );
      } else if (observation.kind === 'upload-settled' && reading.delete(observation.uploadId) && tty) {
        stream.write(eraseLine);
      }
    },
    failure(where, error) {
      if (tty && reading.size > 0) stream.write(eraseLine);
      return observer.failure(where, error);
    },
  };
}

function howFar({ rows, percent }: Extract<Observation, { kind: 'upload-progress' }>): string {
  return `${rows.toLocaleString('en-US')} rows${percent === null ? '' : ` (${percent} %)`}`;
}
