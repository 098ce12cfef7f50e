// Records of what was asked and what happened, as drizzle types them (see ../schema.ts).

import { bigint, integer, jsonb, numeric, text, uuid } from 'drizzle-orm/pg-core';
import { app, clientId, instant } from './columns.ts';

export const questions = app.table('questions', {
  id: uuid('id').primaryKey(),
  clientId: clientId(),
  userId: uuid('user_id').notNull(),
  spaceId: uuid('space_id'),
  question: text('question').notNull(),
  sql: text('sql'),
  kind: text('kind').notNull(),
  engine: text('engine').notNull(),
  rows: integer('rows').notNull(),
  ms: integer('ms').notNull(),
  costUsd: numeric('cost_usd'),
  at: instant('at').notNull().defaultNow(),
  model: text('model'),
  inputTokens: integer('input_tokens'),
  outputTokens: integer('output_tokens'),
  meaning: text('meaning'),
});

export const verifiedQuestions = app.table('verified_questions', {
  clientId: clientId(),
  meaning: text('meaning').notNull(),
  question: text('question').notNull(),
  sql: text('sql').notNull(),
  verifiedBy: uuid('verified_by').notNull(),
  verifiedAt: instant('verified_at').notNull().defaultNow(),
});

export const dataChanges = app.table('data_changes', {
  clientId: clientId(),
  id: bigint('id', { mode: 'bigint' }).generatedAlwaysAsIdentity(),
  at: instant('at').notNull().defaultNow(),
});

export const securityLogs = app.table('security_logs', {
  id: uuid('id').primaryKey(),
  clientId: clientId(),
  userId: uuid('user_id'),
  kind: text('kind').notNull(),
  details: jsonb('details').notNull().default({}),
  at: instant('at').notNull().defaultNow(),
});
