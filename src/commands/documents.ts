// Receipts, rows and answers -> the JSON documents of the command line. Their form is a promise to programs: fields may be
// added, never renamed or removed.

import type { Fix, QuarantinedRow } from '../clean/types.ts';
import type { ModelUse, Receipt, StoredRow } from '../ports.ts';
import type { Answer } from '../usecases/ask/answer-question.ts';

/** What `taskifai ingest` prints for a file. */
export function receiptDocument(receipt: Receipt) {
  return {
    file: receipt.file,
    uploadId: receipt.uploadId,
    status: receipt.status,
    vendor: receipt.vendor,
    vendorReasons: receipt.vendorReasons,
    sheet: receipt.sheet,
    period: receipt.period === null ? null : { from: monthText(receipt.period.from), to: monthText(receipt.period.to) },
    rows: receipt.rows,
    totals: receipt.totals,
    amountBasis: receipt.amountBasis,
    fixes: receipt.fixes,
    fixesByRule: receipt.fixesByRule,
    quarantinedByReason: receipt.quarantinedByReason,
    ignoredByReason: receipt.ignoredByReason,
    checks: receipt.checks,
    scopes: receipt.scopes.map((scope) => ({ ...scope, period: monthText(scope.period) })),
    differences: (receipt.differences ?? []).map((each) => ({ ...each, period: monthText(each.period) })),
    unmatched: receipt.unmatched ?? 0,
    issues: receipt.issues,
    ...(receipt.error ? { error: receipt.error } : {}),
    ms: receipt.ms,
  };
}

/** What `taskifai rows` prints for a row. Amounts are in major units, null where the file or the rate is missing. */
export function rowDocument(row: StoredRow) {
  return {
    product_ean: row.productEan,
    month: row.month,
    year: row.year,
    sales_date: row.salesDate,
    quantity: row.quantity,
    sales_amount_local: row.amountLocal,
    currency: row.currency,
    amount_basis: row.amountBasis,
    sales_amount_base: row.amountBase,
    reseller: row.reseller,
    functional_name: row.functionalName,
    store: row.store,
    channel: row.channel,
    in_force: row.inForce,
    source: { sheet: row.sheet, row: row.row },
  };
}

export function quarantinedDocument(row: QuarantinedRow) {
  return { source: { sheet: row.sheet, row: row.row }, reason: row.reason, reason_code: row.reasonCode, raw: row.raw };
}

/** What `taskifai fixes` prints for a cell. */
export function fixDocument(fix: Fix) {
  const { sheet, row, column, cell, original, cleaned, rule } = fix;
  return { sheet, row, column, cell, original, cleaned, rule };
}

/** What `taskifai ask` prints for a question; `png` is the path of the drawn chart. */
export function answerDocument(id: string | null, answer: Answer, png: string | null) {
  return {
    id,
    kind: answer.kind,
    engine: answer.engine,
    text: answer.text,
    sql: answer.sql,
    columns: answer.columns,
    rows: answer.rows,
    ...(answer.chart ? { chart: { type: answer.chart.spec.type, png } } : {}),
    evidence: answer.evidence,
    ms: answer.ms,
    ...(answer.use ? { cost: costOf(answer.use) } : {}),
  };
}

function monthText({ year, month }: { year: number; month: number }): string {
  return `${year}-${String(month).padStart(2, '0')}`;
}

function costOf({ model, inputTokens, outputTokens, costUsd }: ModelUse) {
  return { model, input_tokens: inputTokens, output_tokens: outputTokens, usd: costUsd };
}
