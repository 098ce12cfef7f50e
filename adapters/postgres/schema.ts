// The tables as drizzle types them: stores take their row types from here. The migrations in sql/ are the truth, and a test
// keeps these equal. Import types only: loading drizzle at run time costs 0.6 s and 200 MB, so statements are plain SQL.

import { bigint, boolean, date, integer, jsonb, numeric, text, uuid } from 'drizzle-orm/pg-core';
import type { RowDecision } from '#src/clean/types.ts';
import type { Receipt } from '#src/ports.ts';
import { app, bytes, clientId, instant, rowId } from './schema/columns.ts';

export * from './schema/records.ts';

export const clients = app.table('clients', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  baseCurrency: text('base_currency').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export const users = app.table('users', {
  id: uuid('id').primaryKey(),
  clientId: clientId(),
  email: text('email').notNull(),
  role: text('role', { enum: ['viewer', 'contributor', 'admin'] })
    .notNull()
    .default('viewer'),
  active: boolean('active').notNull().default(true),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export const identities = app.table('identities', {
  clientId: clientId(),
  platform: text('platform').notNull(),
  platformUserId: text('platform_user_id').notNull(),
  userId: uuid('user_id').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export const spaces = app.table('spaces', {
  id: uuid('id').primaryKey(),
  clientId: clientId(),
  conversation: text('conversation').notNull(),
  name: text('name').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export const spaceMembers = app.table('space_members', {
  spaceId: uuid('space_id').notNull(),
  userId: uuid('user_id').notNull(),
  clientId: clientId(),
});

export const spaceGrants = app.table('space_grants', {
  spaceId: uuid('space_id').notNull(),
  grantedSpaceId: uuid('granted_space_id').notNull(),
  clientId: clientId(),
});

export const products = app.table('products', {
  id: uuid('id').primaryKey(),
  clientId: clientId(),
  ean: text('ean'),
  functionalName: text('functional_name'),
  name: text('name'),
  brand: text('brand'),
  listPrice: numeric('list_price'),
  confirmed: boolean('confirmed').notNull().default(false),
  createdAt: instant('created_at').notNull().defaultNow(),
});

export const productAliases = app.table('product_aliases', {
  clientId: clientId(),
  vendor: text('vendor').notNull(),
  rawText: text('raw_text').notNull(),
  productId: uuid('product_id').notNull(),
  confirmedBy: uuid('confirmed_by'),
  confirmedAt: instant('confirmed_at').notNull().defaultNow(),
});

export const stores = app.table('stores', {
  clientId: clientId(),
  reseller: text('reseller').notNull(),
  identifier: text('identifier').notNull(),
  name: text('name').notNull(),
  type: text('type'),
  country: text('country'),
});

export const taughtVendors = app.table('taught_vendors', {
  clientId: clientId(),
  id: text('id').notNull(),
  version: integer('version').notNull(),
  yaml: text('yaml').notNull(),
  sampleUploadId: uuid('sample_upload_id').notNull(),
  taughtBy: uuid('taught_by').notNull(),
  taughtAt: instant('taught_at').notNull(),
});

export const fxRates = app.table('fx_rates', {
  clientId: clientId(),
  currency: text('currency').notNull(),
  month: date('month').notNull(),
  eurPerUnit: numeric('eur_per_unit').notNull(),
  source: text('source').notNull(),
});

export const fxConversions = app.table('fx_conversions', {
  id: rowId(),
  clientId: clientId(),
  uploadId: uuid('upload_id').notNull(),
  currency: text('currency').notNull(),
  month: date('month').notNull(),
  oldRate: numeric('old_rate'),
  oldSource: text('old_source'),
  newRate: numeric('new_rate').notNull(),
  newSource: text('new_source').notNull(),
  rows: integer('rows').notNull(),
  rowsInForce: integer('rows_in_force').notNull(),
  amountLocal: numeric('amount_local'),
  baseBefore: numeric('base_before'),
  baseAfter: numeric('base_after'),
  convertedBy: uuid('converted_by').notNull(),
  convertedAt: instant('converted_at').notNull().defaultNow(),
});

export const uploads = app.table('uploads', {
  id: uuid('id').primaryKey(),
  clientId: clientId(),
  userId: uuid('user_id').notNull(),
  spaceId: uuid('space_id'),
  fileName: text('file_name').notNull(),
  hash: text('hash').notNull(),
  size: bigint('size', { mode: 'number' }).notNull().default(0),
  status: text('status', {
    enum: [
      'pending',
      'processing',
      'completed',
      'needs_vendor',
      'needs_decision',
      'duplicate',
      'refused',
      'failed',
      'undone',
    ],
  })
    .notNull()
    .default('pending'),
  vendor: text('vendor'),
  rowsProcessed: integer('rows_processed'),
  rowsCleaned: integer('rows_cleaned'),
  processingTimeMs: integer('processing_time_ms'),
  errorCode: text('error_code'),
  error: text('error'),
  receipt: jsonb('receipt').$type<Receipt>(),
  createdAt: instant('created_at').notNull().defaultNow(),
  completedAt: instant('completed_at'),
});

export const spaceUploads = app.table('space_uploads', {
  spaceId: uuid('space_id').notNull(),
  uploadId: uuid('upload_id').notNull(),
  clientId: clientId(),
});

export const uploadFiles = app.table('upload_files', {
  uploadId: uuid('upload_id').notNull(),
  clientId: clientId(),
  encrypted: bytes('encrypted').notNull(),
  part: integer('part').notNull(),
});

export const processingLogs = app.table('processing_logs', {
  id: rowId(),
  clientId: clientId(),
  uploadId: uuid('upload_id').notNull(),
  step: text('step').notNull(),
  status: text('status').notNull(),
  details: jsonb('details').notNull().default({}),
  at: instant('at').notNull().defaultNow(),
});

export const uploadScopes = app.table('upload_scopes', {
  id: rowId(),
  clientId: clientId(),
  uploadId: uuid('upload_id').notNull(),
  vendor: text('vendor').notNull(),
  reseller: text('reseller').notNull(),
  store: text('store').notNull().default(''),
  period: date('period').notNull(),
  state: text('state').notNull(),
  rows: integer('rows').notNull(),
  quantity: numeric('quantity').notNull(),
  amount: numeric('amount'),
  currency: text('currency').notNull(),
  replacedScopeId: bigint('replaced_scope_id', { mode: 'bigint' }),
  weekEnding: date('week_ending'),
});

export const salesCoverage = app.table('sales_coverage', {
  clientId: clientId(),
  uploadId: uuid('upload_id').notNull(),
  reseller: text('reseller').notNull(),
  store: text('store'),
  channel: text('channel'),
  currency: text('currency').notNull(),
  period: date('period').notNull(),
  rows: integer('rows').notNull(),
  unpriced: integer('unpriced').notNull(),
  estimated: integer('estimated').notNull(),
});

export const storeSplit = app.table('store_split', {
  clientId: clientId(),
  uploadId: uuid('upload_id').notNull(),
  rawProduct: text('raw_product').notNull(),
  year: integer('year').notNull(),
  month: integer('month').notNull(),
  store: text('store').notNull(),
  quantity: numeric('quantity').notNull(),
  standsFor: uuid('stands_for'),
});

export const salesNames = app.table('sales_names', {
  clientId: clientId(),
  uploadId: uuid('upload_id').notNull(),
  functionalName: text('functional_name'),
  brand: text('brand'),
  rows: integer('rows').notNull(),
});

export const uploadColumns = app.table('upload_columns', {
  clientId: clientId(),
  uploadId: uuid('upload_id').notNull(),
  position: integer('position').notNull(),
  heading: text('heading').notNull(),
  holds: text('holds', { enum: ['numbers', 'dates', 'text', 'nothing'] }).notNull(),
  typical: numeric('typical'),
});

export const processedData = app.table('processed_data', {
  id: rowId(),
  clientId: clientId(),
  uploadId: uuid('upload_id').notNull(),
  scopeId: bigint('scope_id', { mode: 'bigint' }).notNull(),
  sourceSheet: text('source_sheet').notNull(),
  sourceRow: integer('source_row').notNull(),
  reseller: text('reseller').notNull(),
  store: text('store'),
  channel: text('channel'),
  productEan: text('product_ean'),
  functionalName: text('functional_name'),
  rawProduct: text('raw_product'),
  productInFile: text('product_in_file'),
  salesDate: date('sales_date').notNull(),
  quantity: numeric('quantity').notNull(),
  salesAmountLocal: numeric('sales_amount_local'),
  currency: text('currency').notNull(),
  salesAmountBase: numeric('sales_amount_base'),
  fxRate: numeric('fx_rate'),
  fxSource: text('fx_source'),
  amountBasis: text('amount_basis').notNull(),
  weekEnding: date('week_ending'),
  amountEstimated: boolean('amount_estimated').notNull().default(false),
});

export const salesData = app.table('sales_data', {
  id: rowId(),
  clientId: clientId(),
  uploadId: uuid('upload_id').notNull(),
  scopeId: bigint('scope_id', { mode: 'bigint' }),
  reseller: text('reseller').notNull(),
  store: text('store'),
  channel: text('channel'),
  productEan: text('product_ean'),
  functionalName: text('functional_name'),
  rawProduct: text('raw_product'),
  brand: text('brand'),
  year: integer('year').notNull(),
  month: integer('month').notNull(),
  salesDate: date('sales_date').notNull(),
  quantity: numeric('quantity').notNull(),
  salesAmountLocal: numeric('sales_amount_local'),
  currency: text('currency').notNull(),
  salesAmountBase: numeric('sales_amount_base'),
  fxRate: numeric('fx_rate'),
  fxSource: text('fx_source'),
  amountBasis: text('amount_basis').notNull().default('unknown'),
  sourceSheet: text('source_sheet'),
  sourceRow: integer('source_row'),
  createdAt: instant('created_at').notNull().defaultNow(),
  weekEnding: date('week_ending'),
  amountEstimated: boolean('amount_estimated').notNull().default(false),
});

export const quarantinedRows = app.table('quarantined_rows', {
  id: rowId(),
  clientId: clientId(),
  uploadId: uuid('upload_id').notNull(),
  sourceSheet: text('source_sheet').notNull(),
  sourceRow: integer('source_row').notNull(),
  reasonCode: text('reason_code').notNull(),
  reason: text('reason').notNull(),
  raw: jsonb('raw').notNull(),
  state: text('state').notNull().default('held'),
  cells: jsonb('cells').notNull().default([]),
  badColumn: integer('bad_column'),
});

export const rowDecisions = app.table('row_decisions', {
  clientId: clientId(),
  uploadId: uuid('upload_id').notNull(),
  sheet: text('sheet').notNull(),
  row: integer('row').notNull(),
  kind: text('kind', { enum: ['edit', 'release', 'discard'] }).notNull(),
  cells: jsonb('cells').$type<RowDecision['cells']>().notNull().default([]),
  decidedBy: uuid('decided_by').notNull(),
  decidedAt: instant('decided_at').notNull().defaultNow(),
});

export const transformLogs = app.table('transform_logs', {
  id: rowId(),
  clientId: clientId(),
  uploadId: uuid('upload_id').notNull(),
  sheet: text('sheet').notNull(),
  row: integer('row').notNull(),
  columnName: text('column_name').notNull(),
  cell: text('cell').notNull(),
  original: text('original'),
  cleaned: text('cleaned'),
  rule: text('rule').notNull(),
});
