import { describe, expect, it } from 'vitest';
import { guard } from '#src/ask/guard/guard.ts';
import { attacks } from './attacks.ts';
import { legitimate } from './legitimate.ts';

describe('the guard', () => {
  it.each(attacks.map(([rule, sql]) => ({ rule, sql, shown: sql.slice(0, 100) })))(
    'refuses by $rule: $shown',
    async ({ rule, sql }) => {
      const verdict = await guard(sql);
      expect(verdict.ok ? 'allowed' : verdict.refusal.rule).toBe(rule);
    },
  );

  it.each(legitimate.map((sql) => ({ sql, shown: sql.slice(0, 100) })))('lets through: $shown', async ({ sql }) => {
    const verdict = await guard(sql);
    expect(verdict.ok ? 'allowed' : `${verdict.refusal.rule}: ${verdict.refusal.help}`).toBe('allowed');
  });
});
