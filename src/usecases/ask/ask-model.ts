// A question that the engine could not settle -> an answer by way of a language model. The model writes statements and a
// sentence; the guard, the read-only login and a check of every figure decide what becomes of them.

import { guard } from '../../ask/guard/guard.ts';
import { type Briefing, instructions } from '../../ask/model/briefing.ts';
import { holdsStrangeThings, unfounded } from '../../ask/model/figures.ts';
import { type ModelAnswer, modelAnswer } from '../../ask/model/model-answer.ts';
import type { Names } from '../../ask/names.ts';
import { AppError } from '../../errors.ts';
import type { ModelOutcome, Ports, Principal, ResultSet } from '../../ports.ts';

export interface ModelSettings {
  briefing: Briefing;
  /** US dollars a month; null when there is no limit. */
  budgetUsd: number | null;
  /** How many rows of a result the model may see; 0 for none. */
  resultRows: number;
}

export interface AskedOfModel {
  question: string;
  /** What the thread asked before; null at its beginning. */
  earlier: string | null;
  principal: Principal;
  names: Names;
  /** `YYYY-MM-DD` */
  today: string;
  baseCurrency: string;
}

/** `not_asked` says why in words, or is null when there is no model at all. */
export type ModelReply =
  | { kind: 'not_asked'; because: string | null }
  | { kind: 'failed'; because: string; outcome: ModelOutcome }
  | { kind: 'said'; answer: ModelAnswer; outcome: ModelOutcome };

type ModelPorts = Pick<Ports, 'model' | 'spending' | 'analyst' | 'audit' | 'observer' | 'clock'>;

const mostStatements = 3;
const warnAt = 0.8;

export async function askModel(ports: ModelPorts, settings: ModelSettings, asked: AskedOfModel): Promise<ModelReply> {
  if (!ports.model.ready()) return { kind: 'not_asked', because: null };
  const budget = await budgetOf(ports, settings.budgetUsd);
  if (budget.blocked !== null) return { kind: 'not_asked', because: budget.blocked };
  const desk = makeDesk(ports, asked.principal, settings.resultRows);
  const { question, earlier, names, today, baseCurrency } = asked;
  const outcome = await ports.model.converse({
    instructions: instructions(settings.briefing, { question, earlier, names, today, baseCurrency }),
    question,
    query: desk.query,
  });
  const { model, inputTokens, outputTokens, costUsd } = outcome.use;
  ports.observer.record({ kind: 'model-used', model, inputTokens, outputTokens, costUsd, failure: outcome.failure });
  if (outcome.text === null) return { kind: 'failed', because: sentenceOf(ports, outcome), outcome };
  const results = desk.results();
  const invented = unfounded(outcome.text, question, results);
  const strange = holdsStrangeThings(outcome.text);
  if (invented.length > 0 || strange)
    ports.observer.record({ kind: 'warning', what: 'a model wrote what no query returned' });
  const answer = modelAnswer({
    text: outcome.text,
    trusted: invented.length === 0 && !strange,
    results,
    notes: budget.notes,
    baseCurrency,
  });
  return { kind: 'said', answer, outcome };
}

/** Where the model's statements are run, and what it is told of them. */
function makeDesk(ports: ModelPorts, principal: Principal, resultRows: number) {
  const results: (ResultSet & { sql: string })[] = [];
  let statements = 0;
  let mistakes = 0;
  const mistaken = (what: string) => {
    mistakes += 1;
    const last = mistakes > 1 || statements >= mostStatements;
    return { text: last ? `${what} Nothing more can be run.` : `${what} Mend the statement and call again.`, last };
  };
  return {
    results: () => results,
    async query(sql: string): Promise<{ text: string; last: boolean }> {
      statements += 1;
      if (statements > mostStatements)
        return { text: 'Nothing more can be run. Answer from the results so far.', last: true };
      const judged = await guard(sql);
      if (!judged.ok) {
        const { rule, help } = judged.refusal;
        ports.observer.record({ kind: 'query-refused', rule });
        await ports.audit.security({ principal, kind: 'query-refused', details: { rule, by: 'model' } });
        return mistaken(`Refused: ${help}.`);
      }
      try {
        const result = await ports.analyst.run(judged.statement, principal);
        results.push({ ...result, sql: judged.statement.sql });
        return { text: shown(result, resultRows), last: statements >= mostStatements };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return mistaken(`Failed: ${error.message}`);
      }
    },
  };
}

/** A result as the model sees it: data as JSON, cut to what may leave. */
function shown({ columns, rows, truncated }: ResultSet, most: number): string {
  const more = rows.length > most || truncated;
  return JSON.stringify({
    columns,
    count: rows.length,
    ...(most > 0 ? { rows: rows.slice(0, most) } : {}),
    ...(more ? { more: true } : {}),
  });
}

async function budgetOf(
  { spending, observer, clock }: ModelPorts,
  budgetUsd: number | null,
): Promise<{ blocked: string | null; notes: string[] }> {
  if (budgetUsd === null) return { blocked: null, notes: [] };
  const spentUsd = await spending.inMonth(clock.now());
  if (spentUsd < budgetUsd * warnAt) return { blocked: null, notes: [] };
  observer.record({ kind: 'model-budget', spentUsd, budgetUsd });
  if (spentUsd >= budgetUsd) {
    return {
      blocked: 'The language model has used up its budget for this month, so I answer what I can without it.',
      notes: [],
    };
  }
  return {
    blocked: null,
    notes: [`The language model has used ${Math.floor((spentUsd / budgetUsd) * 100)} % of its budget for this month.`],
  };
}

const reasons: Record<NonNullable<ModelOutcome['failure']>, string> = {
  busy: 'it has too much to do at this moment',
  unreachable: 'it cannot be reached',
  too_slow: 'it took too long',
  too_long: 'it used more words than it may for one question',
  cut_off: 'its answer was cut off',
  declined: 'it declined to answer',
  endless: 'it came to no end',
  garbled: 'what it sent could not be read',
  empty: 'it said nothing',
  misconfigured: 'its key or its address is not accepted; an administrator can look into it',
};

function sentenceOf({ observer }: ModelPorts, { failure, detail }: ModelOutcome): string {
  const reference = observer.failure('model', new Error(`${failure}: ${detail}`));
  return `The language model could not help: ${reasons[failure ?? 'empty']} (reference ${reference}).`;
}
