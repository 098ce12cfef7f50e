// Questions -> answers, each in a thread of its own; earlier questions of a thread are asked first, in order.

import type { App } from '../app.ts';
import { failure } from '../chat/replies.ts';
import { AppError } from '../errors.ts';
import type { Message } from '../message/message.ts';
import type { Principal } from '../ports.ts';
import type { Answer } from '../usecases/ask/answer-question.ts';
import { answerDocument } from './documents.ts';
import type { Reply } from './ingest.ts';

export interface QuestionToAsk {
  id: string | null;
  question: string;
  /** The earlier questions of the thread. */
  context: string[];
}

/**
 * @param today `YYYY-MM-DD`; null takes the clock's
 * @param keep stores a drawn chart and returns its path
 */
export async function ask(
  app: App,
  principal: Principal,
  asked: QuestionToAsk,
  thread: string,
  today: string | null,
  keep: (name: string, png: Uint8Array) => string,
  options: { byModel: boolean } = { byModel: false },
): Promise<Reply> {
  try {
    for (const earlier of asked.context) await app.ask(earlier, principal, thread, today, options);
    const answer = await app.ask(asked.question, principal, thread, today, options);
    return replyOf(asked.id, answer, thread, keep);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, hint } = error;
    const document = {
      id: asked.id,
      kind: 'error',
      engine: 'offline',
      text: `${message} ${hint}`,
      sql: null,
      columns: [],
      rows: [],
      error: { code, message, hint },
    };
    return { document, message: failure(error), failed: true };
  }
}

function replyOf(
  id: string | null,
  answer: Answer,
  thread: string,
  keep: (name: string, png: Uint8Array) => string,
): Reply {
  const png = answer.chart ? keep(`${thread.replace(/[^\w-]+/g, '-')}.png`, answer.chart.png) : null;
  return {
    document: answerDocument(id, answer, png),
    message: withoutButtons(answer),
    failed: answer.kind === 'error',
  };
}

/** Under an answer that is printed once there is nothing to press. */
function withoutButtons({ kind, message }: Answer): Message {
  return kind === 'answer'
    ? { ...message, blocks: message.blocks.filter((block) => block.kind !== 'actions') }
    : message;
}
