// One question -> LangChain's agent with one tool, `query_sales`, within limits of time, steps and tokens -> its last words.

import type { ModelFailure, ModelOutcome, ModelTask, ModelUse } from '#src/ports.ts';
import { Ended, failureOf } from './failures.ts';
import type { ModelOptions } from './index.ts';
import { costOf } from './prices.ts';

/** Three statements, one look at a refusal, and the words at the end; each is a step of the model and one of the tool. */
const mostSteps = 11;
/** What one question may take, however many steps. */
const mostTokens = 60_000;

export async function converse(options: ModelOptions, task: ModelTask): Promise<ModelOutcome> {
  const { createAgent, tool } = await import('langchain');
  const { ChatOpenAI } = await import('@langchain/openai');
  const { z } = await import('zod');
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(options.timeoutSeconds * 1000)]);
  const use: ModelUse = { model: options.model, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  const end = (failure: ModelFailure): never => {
    const reason = new Ended(failure);
    ended.abort(reason);
    throw reason;
  };
  let over = false;
  const query = tool(
    async ({ sql }: { sql: string }) => {
      if (over) return end('endless');
      const { text, last } = await task.query(sql);
      over = last;
      return text;
    },
    {
      name: 'query_sales',
      description:
        'Runs one PostgreSQL SELECT statement over the sales data and returns its rows as JSON, or says why it could not be run.',
      schema: z.object({ sql: z.string().describe('One SELECT statement, without a semicolon') }),
    },
  );
  const model = new ChatOpenAI({
    model: options.model,
    apiKey: options.apiKey,
    maxTokens: options.maxTokens,
    temperature: options.temperature,
    // One more try: a question that waits longer is better answered without a model.
    maxRetries: 1,
    configuration: {
      ...(options.baseUrl === null ? {} : { baseURL: options.baseUrl }),
      ...(options.organisation === null ? {} : { organization: options.organisation }),
    },
  });
  const agent = createAgent({ model, tools: [query], systemPrompt: task.instructions });
  try {
    const { messages } = await agent.invoke(
      { messages: [{ role: 'user', content: task.question }] },
      {
        recursionLimit: mostSteps,
        signal,
        callbacks: [
          {
            handleLLMEnd(output) {
              const message = (output.generations[0]?.[0] as { message?: Reply } | undefined)?.message;
              use.inputTokens += message?.usage_metadata?.input_tokens ?? 0;
              use.outputTokens += message?.usage_metadata?.output_tokens ?? 0;
              use.costUsd = costOf(options.model, use.inputTokens, use.outputTokens);
              if (use.inputTokens + use.outputTokens > mostTokens) ended.abort(new Ended('too_long'));
            },
          },
        ],
      },
    );
    signal.throwIfAborted();
    return { ...lastWords(messages.at(-1) as Reply | undefined), use };
  } catch (error) {
    return { text: null, ...failureOf(error, signal), use };
  }
}

/** What matters of a message; LangChain's own type says less than it holds. */
interface Reply {
  text?: string;
  usage_metadata?: { input_tokens: number; output_tokens: number };
  response_metadata?: { finish_reason?: string };
  additional_kwargs?: { refusal?: string | null };
  invalid_tool_calls?: unknown[];
}

function lastWords(message: Reply | undefined): Pick<ModelOutcome, 'text' | 'failure' | 'detail'> {
  const failed = (failure: ModelFailure) => ({
    text: null,
    failure,
    detail: message?.response_metadata?.finish_reason ?? '',
  });
  if (message?.additional_kwargs?.refusal || message?.response_metadata?.finish_reason === 'content_filter')
    return failed('declined');
  if ((message?.invalid_tool_calls?.length ?? 0) > 0) return failed('garbled');
  if (message?.response_metadata?.finish_reason === 'length') return failed('cut_off');
  const text = (message?.text ?? '').trim();
  return text === '' ? failed('empty') : { text, failure: null, detail: '' };
}
