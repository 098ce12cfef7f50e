// What the analyst may read, as data: the tables and columns that a question may name. The login is granted no fewer.

/** The only schema whose relations exist for a question. */
export const schema = 'app';

export const relations: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'sales_data',
    [
      'id',
      'client_id',
      'upload_id',
      'reseller',
      'store',
      'channel',
      'product_ean',
      'functional_name',
      'raw_product',
      'brand',
      'year',
      'month',
      'sales_date',
      'quantity',
      'sales_amount_local',
      'currency',
      'sales_amount_base',
      'fx_rate',
      'fx_source',
      'amount_basis',
      'week_ending',
      'amount_estimated',
      'created_at',
    ],
  ],
  [
    'uploads',
    [
      'id',
      'client_id',
      'user_id',
      'file_name',
      'vendor',
      'status',
      'rows_processed',
      'rows_cleaned',
      'created_at',
      'completed_at',
    ],
  ],
  [
    'sales_coverage',
    ['client_id', 'upload_id', 'reseller', 'store', 'channel', 'currency', 'period', 'rows', 'unpriced', 'estimated'],
  ],
  [
    'sales_by_store',
    [
      'client_id',
      'upload_id',
      'reseller',
      'store',
      'channel',
      'product_ean',
      'functional_name',
      'raw_product',
      'brand',
      'year',
      'month',
      'sales_date',
      'week_ending',
      'quantity',
      'sales_amount_local',
      'currency',
      'sales_amount_base',
      'amount_basis',
      'amount_estimated',
    ],
  ],
  ['store_split', ['client_id', 'upload_id', 'raw_product', 'year', 'month', 'store', 'quantity', 'stands_for']],
  ['sales_names', ['client_id', 'upload_id', 'functional_name', 'brand', 'rows']],
  ['products', ['id', 'client_id', 'ean', 'functional_name', 'name', 'brand', 'list_price', 'confirmed', 'created_at']],
]);

/** Relations with further columns that are not granted: `*` and a whole row of them would fail in the database. */
export const partial: ReadonlySet<string> = new Set(['uploads']);
