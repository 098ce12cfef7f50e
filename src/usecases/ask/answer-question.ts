// A question in words -> an answer with its evidence, a question back, or a refusal that says why. Every figure comes from a
// statement that the guard has passed and the read-only login has run as the person who asks.

import { answer, clarifyMessage, refuseMessage, unknownMessage } from '../../ask/answer.ts';
import { compile } from '../../ask/compile/compile.ts';
import { type Evidence, evidenceSql, shapeEvidence } from '../../ask/evidence.ts';
import { guard } from '../../ask/guard/guard.ts';
import { meaningOf } from '../../ask/meaning.ts';
import { statementAnswer } from '../../ask/model/model-answer.ts';
import { type Names, namesSql, shapeNames } from '../../ask/names.ts';
import type { Query } from '../../ask/query.ts';
import { suggestions } from '../../ask/suggestions.ts';
import { understand } from '../../ask/understand/understand.ts';
import { AppError } from '../../errors.ts';
import { formatDate } from '../../message/format.ts';
import type { ChartSpec, Message, Value } from '../../message/message.ts';
import type { ModelUse, Ports, Principal, ResultSet, VerifiedQuestion } from '../../ports.ts';
import { actionsOf } from './answer-actions.ts';
import { type AskMemory, remembered, viewOf } from './ask-memory.ts';
import { askModel, type ModelSettings } from './ask-model.ts';

export interface Answer {
  kind: 'answer' | 'clarify' | 'refuse' | 'error';
  engine: 'offline' | 'model' | 'verified';
  text: string;
  message: Message;
  sql: string | null;
  columns: string[];
  rows: Record<string, Value>[];
  chart: { spec: ChartSpec; png: Uint8Array } | null;
  evidence: Evidence | null;
  /** What a follow-up in the same thread builds on; null when nothing was understood. */
  query: Query | null;
  /** What a model was used for; null when none was. */
  use: ModelUse | null;
  ms: number;
}

export interface Asked {
  question: string;
  principal: Principal;
  /** What the thread asked before; null at its beginning. */
  previous: Query | null;
  /** The words of that question. */
  earlier: string | null;
  /** `YYYY-MM-DD` in the client's time zone. */
  today: string;
  baseCurrency: string;
  memory: AskMemory;
  /** A model answers, where there is one, also what needs none. */
  byModel: boolean;
}

type AskPorts = Pick<Ports, 'analyst' | 'audit' | 'charts' | 'clock' | 'observer' | 'model' | 'spending' | 'questions'>;
type Reply = Omit<Answer, 'ms'>;

const longestQuestion = 1000;

/** Answers as the principal. Throws AppError only for what is our own fault; what cannot be answered is an Answer that says so. */
export async function answerQuestion(ports: AskPorts, settings: ModelSettings, asked: Asked): Promise<Answer> {
  const started = ports.clock.now().getTime();
  const reply = await settle(ports, settings, asked);
  const ms = ports.clock.now().getTime() - started;
  const { principal } = asked;
  const { kind, engine, sql, rows, use } = reply;
  const meaning = kind === 'answer' ? meaningOf(reply.query, asked.question, asked.today) : null;
  const question = asked.question.slice(0, longestQuestion);
  const id = await ports.audit.question({
    principal,
    question,
    sql,
    kind,
    engine,
    rows: rows.length,
    ms,
    model: use,
    meaning,
  });
  ports.observer.record({ kind: 'question-answered', answer: kind, engine, rows: rows.length, ms });
  if (kind !== 'answer' || sql === null || rows.length === 0) return { ...reply, ms };
  const blocks = [...reply.message.blocks, actionsOf(id, principal, engine === 'verified')];
  return { ...reply, message: { ...reply.message, blocks }, ms };
}

/** Three questions that the data this person may see can answer; none when there are no data yet. */
export async function suggestionsFor(
  ports: AskPorts,
  principal: Principal,
  today: string,
  memory: AskMemory,
): Promise<string[]> {
  const view = viewOf(principal, await ports.questions.dataVersion());
  const names = await readNames(ports, principal, memory, view);
  return names.months === null ? [] : suggestions(names, today);
}

async function settle(ports: AskPorts, settings: ModelSettings, asked: Asked): Promise<Reply> {
  const { principal, today, baseCurrency, previous } = asked;
  const question = asked.question.trim();
  if (question === '') return declined(new AppError('ASK_EMPTY'));
  if (question.length > longestQuestion)
    return declined(new AppError('ASK_TOO_LONG', { length: String(question.length) }));
  const view = viewOf(principal, await ports.questions.dataVersion());
  const names = await readNames(ports, principal, asked.memory, view);
  const understood = understand(question, { today, names, previous, baseCurrency });
  switch (understood.kind) {
    case 'clarify':
      return said('clarify', understood.text, clarifyMessage(understood.text, understood.options));
    case 'unknown':
      return (await asVerified(ports, asked)) ?? byModel(ports, settings, asked, names, understood);
    case 'refuse':
      if (understood.reason !== 'not_in_data' && understood.reason !== 'off_topic') {
        await ports.audit.security({ principal, kind: 'question-refused', details: { reason: understood.reason } });
      }
      return said('refuse', understood.text, refuseMessage(understood.text));
    case 'query':
      if (asked.byModel && ports.model.ready()) {
        return byModel(ports, settings, asked, names, {
          text: 'I could not settle what this asks for.',
          suggestions: [],
        });
      }
      return figures(ports, asked, understood.query, understood.notes, names, view);
  }
}

/** What the engine could not settle, but somebody has called right when it was asked before; null when nobody has. */
async function asVerified(ports: AskPorts, { question, principal, today, baseCurrency }: Asked): Promise<Reply | null> {
  const verified = await ports.questions.verified(meaningOf(null, question, today));
  if (!verified) return null;
  const result = { ...(await run(ports, verified.sql, principal)), sql: verified.sql };
  const answer = statementAnswer({ said: null, result, notes: [verifiedNote(verified)], baseCurrency });
  const drawn = await draw(ports, answer.chart, answer.message);
  const evidence = shapeEvidence((await run(ports, evidenceSql(everything), principal)).rows);
  return { ...answer, ...drawn, engine: 'verified', evidence, query: null, use: null };
}

function verifiedNote({ by, at }: VerifiedQuestion): string {
  return `Checked and called right by ${by} on ${formatDate(at.toISOString())}.`;
}

/** What the engine could not settle: a model's answer, or what can be asked instead and why the model did not help. */
async function byModel(
  ports: AskPorts,
  settings: ModelSettings,
  asked: Asked,
  names: Names,
  unknown: { text: string; suggestions: string[] },
): Promise<Reply> {
  const reply = await askModel(ports, settings, { ...asked, names });
  if (reply.kind !== 'said') {
    const text = reply.because === null ? unknown.text : `${reply.because} ${unknown.text}`;
    const use = reply.kind === 'failed' ? reply.outcome.use : null;
    return { ...said('clarify', text, unknownMessage(text, unknown.suggestions)), use };
  }
  const { answer, outcome } = reply;
  const drawn = await draw(ports, answer.chart, answer.message);
  const evidence =
    answer.sql === null ? null : shapeEvidence((await run(ports, evidenceSql(everything), asked.principal)).rows);
  return { ...answer, ...drawn, engine: 'model', evidence, query: null, use: outcome.use };
}

/** A statement of a model may rest on anything that there is. */
const everything: Query = { kind: 'about', what: 'data', filters: [], period: null, chart: null };

async function draw(
  ports: AskPorts,
  spec: ChartSpec | null,
  message: Message,
): Promise<Pick<Reply, 'chart' | 'message'>> {
  const chart = spec ? { spec, png: await ports.charts.draw(spec) } : null;
  const attachments = chart ? [{ name: 'chart.png', contentType: 'image/png', data: chart.png }] : [];
  return { chart, message: { ...message, attachments } };
}

async function figures(
  ports: AskPorts,
  asked: Asked,
  query: Query,
  notes: string[],
  names: Names,
  view: string,
): Promise<Reply> {
  const { principal, baseCurrency, memory } = asked;
  const sql = compile(query, { baseCurrency, months: names.months });
  const { result, proof } = await remembered(memory, 'results', `${view} ${sql}`, async () => {
    const [figure, evident] = await Promise.all([
      run(ports, sql, principal),
      run(ports, evidenceSql(query), principal),
    ]);
    return { result: figure, proof: evident };
  });
  const verified = await ports.questions.verified(meaningOf(query, asked.question, asked.today));
  const evidence = shapeEvidence(proof.rows);
  const { columns, truncated } = result;
  const small = verified?.sql === sql ? [...notes, verifiedNote(verified)] : notes;
  const composed = answer({
    query,
    rows: result.rows,
    columns,
    truncated,
    evidence,
    notes: small,
    names,
    baseCurrency,
  });
  return {
    kind: 'answer',
    engine: verified?.sql === sql ? 'verified' : 'offline',
    text: composed.text,
    ...(await draw(ports, composed.chart, composed.message)),
    sql,
    columns,
    rows: composed.rows,
    evidence,
    query,
    use: null,
  };
}

/** Our own statements take the same way as anybody's. */
async function run(ports: AskPorts, sql: string, principal: Principal): Promise<ResultSet> {
  const judged = await guard(sql);
  if (!judged.ok) throw new Error(`our own statement was refused: ${judged.refusal.rule} ${judged.refusal.help}`);
  return ports.analyst.run(judged.statement, principal);
}

async function readNames(ports: AskPorts, principal: Principal, memory: AskMemory, view: string): Promise<Names> {
  return remembered(memory, 'names', view, async () => shapeNames((await run(ports, namesSql, principal)).rows));
}

function declined(error: AppError): Reply {
  const text = `${error.message} ${error.hint}`;
  return said('clarify', text, clarifyMessage(text, []));
}

function said(kind: 'clarify' | 'refuse', text: string, message: Message): Reply {
  return {
    kind,
    engine: 'offline',
    text,
    message,
    sql: null,
    columns: [],
    rows: [],
    chart: null,
    evidence: null,
    query: null,
    use: null,
  };
}
