// What many ways of asking mean, in a world of names of its own.

import { describe, expect, it } from 'vitest';
import { asTyped } from './as-typed.ts';
import { meanings } from './meanings.ts';
import { threads } from './threads.ts';
import { unanswered } from './unanswered.ts';
import { ask, inShort } from './world.ts';

describe('understanding a question', () => {
  it.each([...meanings, ...asTyped])('reads %j as %s', (question, meaning) => {
    expect(inShort(ask(question))).toBe(meaning);
  });

  it.each(unanswered)('does not guess at %j: %s', (question, kind) => {
    expect(inShort(ask(question))).toBe(kind);
  });

  it.each(threads)('reads the last of %j as %s', (thread, meaning) => {
    expect(inShort(ask(...thread))).toBe(meaning);
  });

  it('names what it does not know and offers names that come near', () => {
    const result = ask('sales of Oak 50 ml in 2025');
    expect(result).toMatchObject({ kind: 'clarify', text: expect.stringContaining('Oak 50 ml') });
    expect(result.kind === 'clarify' && result.options.map((each) => each.label)).toContain('Oak 30 ml');
  });

  it('names the thing that the data do not hold', () => {
    expect(ask('which commission does Bluebird get')).toMatchObject({
      reason: 'not_in_data',
      text: expect.stringContaining('commission'),
    });
  });

  it('says what it corrected', () => {
    expect(ask('turnovr at Blubird')).toMatchObject({
      notes: ['read turnovr as turnover', 'read Blubird as Bluebird'],
    });
  });

  it('never takes a number for another one in a name', () => {
    expect(ask('Oak 31 ml').kind).not.toBe('query');
  });

  it('offers options that it understands itself', () => {
    for (const question of ['products', 'how are we doing?', 'growth in January', 'average sales in 2025']) {
      const result = ask(question);
      expect(result.kind).toBe('clarify');
      if (result.kind === 'clarify')
        for (const option of result.options)
          expect(ask(option.question), option.question).toMatchObject({ kind: 'query' });
    }
  });
});
