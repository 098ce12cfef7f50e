// The stores of one client over one database, made together because they share a login and a key.

import type pg from 'pg';
import type {
  Batches,
  Catalogue,
  Directory,
  History,
  Layouts,
  Questions,
  Rates,
  Reference,
  Review,
  Spending,
  Uploads,
} from '#src/ports.ts';
import { makeBatches } from '../batches/batches.ts';
import { makeHistory } from '../compare/history.ts';
import { makeCatalogue } from '../reference/catalogue.ts';
import { makeRates } from '../reference/rates.ts';
import { type DirectoryOptions, makeDirectory } from './directory.ts';
import { makeLayouts } from './layouts.ts';
import { makeQuestions } from './questions.ts';
import { makeReference } from './reference.ts';
import { makeReview } from './review.ts';
import { makeSpending } from './spending.ts';
import { makeUploads } from './uploads.ts';
import { makeVault } from './vault.ts';

export interface Stores {
  uploads: Uploads;
  batches: Batches;
  history: History;
  review: Review;
  layouts: Layouts;
  reference: Reference;
  catalogue: Catalogue;
  rates: Rates;
  directory: Directory;
  spending: Spending;
  questions: Questions;
}

export interface StoresOptions extends Omit<DirectoryOptions, 'pool'> {
  /** 32 bytes. */
  encryptionKey: Buffer;
}

/** @param database anything with the product's pool, pinned to `clientId` */
export function makeStores({ pool }: { pool: pg.Pool }, options: StoresOptions): Stores {
  const { clientId, encryptionKey } = options;
  return {
    uploads: makeUploads({ pool, clientId, vault: makeVault(encryptionKey) }),
    batches: makeBatches({ pool, clientId, visibility: options.visibility }),
    history: makeHistory({ pool, clientId, visibility: options.visibility }),
    review: makeReview({ pool, clientId }),
    layouts: makeLayouts({ pool, clientId }),
    reference: makeReference({ pool, clientId }),
    catalogue: makeCatalogue({ pool, clientId }),
    rates: makeRates({ pool, clientId }),
    directory: makeDirectory({ pool, ...options }),
    spending: makeSpending({ pool, clientId }),
    questions: makeQuestions({ pool, clientId }),
  };
}
