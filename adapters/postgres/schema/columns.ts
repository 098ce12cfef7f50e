// The columns that many tables share.

import { bigint, customType, pgSchema, timestamp, uuid } from 'drizzle-orm/pg-core';

export const app = pgSchema('app');
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
export const instant = (name: string) => timestamp(name, { withTimezone: true });
export const rowId = () => bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity();
export const clientId = () => uuid('client_id').notNull();
