// The columns that hold a clean row, with their types and where their values come from.

import type { ConvertedRow } from '#src/clean/types.ts';
import type { StagedColumn } from './staged-table.ts';

/** What a clean row says, in `processed_data` as in `sales_data`. */
export const facts: StagedColumn<ConvertedRow>[] = [
  { name: 'source_sheet', type: 'text', of: (row) => row.sheet },
  { name: 'source_row', type: 'int', of: (row) => row.row },
  { name: 'reseller', type: 'text', of: (row) => row.reseller },
  { name: 'store', type: 'text', of: (row) => row.store },
  { name: 'channel', type: 'text', of: (row) => row.channel },
  { name: 'product_ean', type: 'text', of: (row) => row.productEan },
  { name: 'functional_name', type: 'text', of: (row) => row.functionalName },
  { name: 'raw_product', type: 'text', of: (row) => row.rawProduct },
  { name: 'sales_date', type: 'date', of: (row) => row.salesDate },
  { name: 'quantity', type: 'numeric', of: (row) => row.quantity },
  { name: 'sales_amount_local', type: 'numeric', of: (row) => row.amountLocal },
  { name: 'currency', type: 'text', of: (row) => row.currency },
  { name: 'sales_amount_base', type: 'numeric', of: (row) => row.amountBase },
  { name: 'fx_rate', type: 'numeric', of: (row) => row.fxRate },
  { name: 'fx_source', type: 'text', of: (row) => row.fxSource },
  { name: 'amount_basis', type: 'text', of: (row) => row.amountBasis },
  { name: 'week_ending', type: 'date', of: (row) => row.weekEnding },
  { name: 'amount_estimated', type: 'boolean', of: (row) => (row.amountEstimated ? 't' : 'f') },
];

export const rowColumns = facts.map(({ name }) => name);
