import { describe, expect, it } from 'vitest';
import { guard, securityRules } from '#src/ask/guard/guard.ts';
import { wrapOffset, wrapped } from '#src/ask/guard/statement.ts';

const passed = async (text: string) => {
  const verdict = await guard(text);
  if (!verdict.ok) throw new Error(`${verdict.refusal.rule}: ${verdict.refusal.help}`);
  return verdict.statement;
};
const refused = async (text: string) => {
  const verdict = await guard(text);
  if (verdict.ok) throw new Error('allowed');
  return verdict.refusal;
};

describe('a statement that the guard passed', () => {
  it('is the text of its author without the comments around it, the semicolon and nothing else', async () => {
    expect((await passed(' -- é why\n/* ü */ SELECT \'é;--\' AS "x y" /* in */ , 1 -- end\n ; -- ÿ\n')).sql).toBe(
      'SELECT \'é;--\' AS "x y" /* in */ , 1',
    );
  });

  it('counts in bytes as the parser does, so letters beyond ASCII cut nothing off', async () => {
    expect((await passed('SELECT \'😀😀é数\' AS "märke" FROM sales_data;')).sql).toBe(
      'SELECT \'😀😀é数\' AS "märke" FROM sales_data',
    );
  });

  it('has the same fingerprint with other constants and another with other columns', async () => {
    const [a, b, c] = await Promise.all(
      [
        'SELECT brand FROM sales_data WHERE year = 2024',
        'select brand from sales_data where year = 2025;',
        'SELECT store FROM sales_data WHERE year = 2024',
      ].map(passed),
    );
    expect(a?.fingerprint).toBe(b?.fingerprint);
    expect(a?.fingerprint).not.toBe(c?.fingerprint);
  });

  it('is sent as a subquery under a reserved alias, with a cap of 501 rows', async () => {
    const text = wrapped(await passed('SELECT 1 -- note'));
    expect(text).toBe('SELECT * FROM (\nSELECT 1\n) AS _w LIMIT 501');
    expect(text.slice(wrapOffset)).toMatch(/^SELECT 1/);
  });
});

describe('a refusal', () => {
  it('says where, in characters of the text as written', async () => {
    expect((await refused("SELECT 'éé😀', nope FROM sales_data")).at).toBe("SELECT 'éé😀', ".length);
    expect((await refused("SELECT 'éé😀', FROM sales_data")).at).toBe("SELECT 'éé😀', ".length);
    expect((await refused('SELECT 1; SELECT 2')).rule).toBe('statement-count');
  });

  it('says what to write instead', async () => {
    expect((await refused('SELECT brand ~ store FROM sales_data')).help).toBe('regexp patterns must be constants');
    expect((await refused('SELECT * FROM customers')).help).toContain('sales_data');
    expect((await refused('SELECT s.prize FROM sales_data s')).help).toContain('sales_amount_base');
    expect((await refused("SELECT repeat('x', quantity) FROM sales_data")).help).toContain('at most 200');
  });

  it('names the same relation rule for a table that exists and one that does not', async () => {
    const [hidden, none] = await Promise.all([
      refused('SELECT * FROM app.users'),
      refused('SELECT * FROM app.nothing'),
    ]);
    expect(hidden).toEqual(none);
  });

  it('is a security event when it smells of an attack, and not for a wrong column', async () => {
    for (const text of [
      'SELECT pg_sleep(1)',
      'SELECT * FROM users',
      'SELECT 1; SELECT 2',
      "SELECT ('x'::text).current_setting",
    ]) {
      expect(securityRules.has((await refused(text)).rule)).toBe(true);
    }
    expect(securityRules.has((await refused('SELECT prize FROM sales_data')).rule)).toBe(false);
  });

  it('is given to what is no text at all', async () => {
    expect((await refused(undefined as unknown as string)).rule).toBe('parse');
  });
});

describe('names in scope', () => {
  const columns = async (from: string, names: string) => (await guard(`SELECT ${names} FROM ${from}`)).ok;

  it('keeps the order of Postgres when an alias list renames: merged columns first, then left, then right', async () => {
    const join = '((SELECT 1 AS b, 2 AS a) x JOIN (SELECT 3 AS c, 2 AS a) y USING (a)) AS j';
    expect(await columns(`${join}(p)`, 'j.p, j.b, j.c')).toBe(true);
    expect(await columns(`${join}(p)`, 'j.a')).toBe(false);
    expect(await columns(`${join}(p, q)`, 'j.c')).toBe(true);
    expect(await columns(`${join}(p, q)`, 'j.b')).toBe(false);
  });

  it('hides a renamed column, an inner alias of a named join, and a sibling from a query that is not LATERAL', async () => {
    expect(await columns('(SELECT 1 AS row_to_json, 2 AS b) AS q(a)', 'q.row_to_json')).toBe(false);
    expect(await columns('(sales_data s JOIN uploads u ON true) AS j', 's.brand')).toBe(false);
    expect(await columns('sales_data s, (SELECT s.brand) q', '1')).toBe(false);
    expect(await columns('sales_data s, LATERAL (SELECT s.brand) q', 'q.brand')).toBe(true);
  });

  it('names unnamed results as Postgres does', async () => {
    const inner =
      "SELECT sum(quantity), count(*), max(year)::text, now()::date, CASE WHEN true THEN 1 END, COALESCE(1, 2), ARRAY[1], NULLIF(1, 2), EXISTS (SELECT 1), (SELECT 5 AS five), '1'::numeric, extract(year FROM now()), CURRENT_DATE FROM sales_data";
    const names = [
      'sum',
      'count',
      'max',
      'now',
      '"case"',
      '"coalesce"',
      '"array"',
      '"nullif"',
      '"exists"',
      'five',
      '"numeric"',
      '"extract"',
      '"current_date"',
    ];
    expect(await columns(`(${inner}) q`, names.map((name) => `q.${name}`).join(', '))).toBe(true);
    expect(await columns('(SELECT 1 + 1) q', 'q."?column?"')).toBe(true);
  });
});
