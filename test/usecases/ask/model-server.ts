// A local server that speaks OpenAI's protocol, scripted: what the model says to a question, and what it says once it has seen
// what came of its statement.

import { LLMock } from '@copilotkit/aimock';
import { afterAll } from 'vitest';
import { makeModel } from '#adapters/openai/index.ts';
import { readConfig } from '#src/config.ts';
import type { Model } from '#src/ports.ts';

/** One question of the script. */
export interface Script {
  /** A part of the question. */
  asked: string;
  /** The statements, one after the other. */
  sql?: string[];
  /** The last words. */
  says?: string;
}

export interface ModelServer {
  model: Model;
  mock: LLMock;
  url: string;
  /** Adds to what the model knows. */
  script(script: Script): void;
  /** What was sent, newest last, as text. */
  sent(): string[];
}

export async function modelServer(other: Record<string, string> = {}): Promise<ModelServer> {
  const mock = new LLMock({ port: 0, strict: true });
  await mock.start();
  afterAll(() => mock.stop());
  const url = `${mock.url}/v1`;
  const read = readConfig({
    CLIENT_ID: '7c1f9a52-4b1e-4f57-9f0c-0d0f6a3a9b11',
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
    OPENAI_API_KEY: 'a key for tests',
    OPENAI_BASE_URL: url,
    LLM_TIMEOUT_SECONDS: '5',
    ...other,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return {
    mock,
    url,
    model: makeModel(read.config),
    script({ asked, sql = [], says }) {
      for (const [turn, statement] of sql.entries()) {
        mock.on(
          { userMessage: asked, turnIndex: turn },
          { toolCalls: [{ name: 'query_sales', arguments: JSON.stringify({ sql: statement }) }] },
        );
      }
      if (says !== undefined) mock.on({ userMessage: asked, turnIndex: sql.length }, { content: says });
    },
    sent: () => mock.getRequests().map(({ body }) => JSON.stringify(body)),
  };
}
