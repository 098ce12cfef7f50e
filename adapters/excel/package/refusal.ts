// Why a workbook is not read: a code of the error catalogue and what fills its sentence. Everything a file can do wrong
// ends as one of these; anything else thrown while reading is a bug.

import type { RefusalCode } from '../protocol.ts';

export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly params: Record<string, string>;

  constructor(code: RefusalCode, params: Record<string, string> = {}) {
    super(`${code} ${params.reason ?? params.found ?? ''}`);
    this.code = code;
    this.params = params;
  }
}

/** The file is damaged; `reason` is a clause such as "a part is cut off". */
export function corrupt(reason: string): Refusal {
  return new Refusal('UPLOAD_CORRUPT', { reason });
}

export function unsafe(reason: string): Refusal {
  return new Refusal('UPLOAD_UNSAFE_ZIP', { reason });
}

export function bomb(reason: string): Refusal {
  return new Refusal('UPLOAD_BOMB', { reason });
}
