// A question in words -> an answer with its evidence, a question back, or a refusal that says why. Every figure comes from a
// statement that the guard has passed and the read-only login has run as the person who asks.

import { answer } from '../ask/answer.ts';
import { compile } from '../ask/compile/compile.ts';
import { type Evidence, evidenceSql, shapeEvidence } from '../ask/evidence.ts';
import { guard } from '../ask/guard/guard.ts';
import { type Names, namesSql, shapeNames } from '../ask/names.ts';
import type { Query } from '../ask/query.ts';
import { understand } from '../ask/understand/understand.ts';
import { AppError } from '../errors.ts';
import type { ChartSpec, Message, Value } from '../message/message.ts';
import type { Ports, Principal, ResultSet } from '../ports.ts';

export interface Answer {
  kind: 'answer' | 'clarify' | 'refuse' | 'error';
  engine: 'offline';
  text: string;
  message: Message;
  sql: string | null;
  columns: string[];
  rows: Record<string, Value>[];
  chart: { spec: ChartSpec; png: Uint8Array } | null;
  evidence: Evidence | null;
  /** What a follow-up in the same thread builds on; null when nothing was understood. */
  query: Query | null;
  ms: number;
}

export interface Asked {
  question: string;
  principal: Principal;
  /** What the thread asked before; null at its beginning. */
  previous: Query | null;
  /** `YYYY-MM-DD` in the client's time zone. */
  today: string;
  baseCurrency: string;
}

type AskPorts = Pick<Ports, 'analyst' | 'audit' | 'charts' | 'clock' | 'observer'>;

const longestQuestion = 1000;

/** Answers as the principal. Throws only what is our own fault; what cannot be answered is an Answer that says so. */
export async function answerQuestion(ports: AskPorts, asked: Asked): Promise<Answer> {
  const started = ports.clock.now().getTime();
  const reply = await settle(ports, asked);
  const ms = ports.clock.now().getTime() - started;
  const { principal, question } = asked;
  const { kind, engine, sql, rows } = reply;
  await ports.audit.question({
    principal,
    question: question.slice(0, longestQuestion),
    sql,
    kind,
    engine,
    rows: rows.length,
    ms,
  });
  ports.observer.record({ kind: 'question-answered', answer: kind, engine, rows: rows.length, ms });
  return { ...reply, ms };
}
