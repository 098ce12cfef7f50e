// The door to a language model that speaks OpenAI's protocol: OpenAI, Azure OpenAI (its v1 address) or a server of one's own.
// LangChain's agent runs the loop of statements; both it and the SDK are loaded when the first question needs them.

import type { Config } from '#src/config.ts';
import type { Model } from '#src/ports.ts';
import { converse } from './agent.ts';
import { match } from './match.ts';

export interface ModelOptions {
  apiKey: string;
  /** null for OpenAI itself. */
  baseUrl: string | null;
  model: string;
  organisation: string | null;
  /** Of one reply. */
  maxTokens: number;
  temperature: number;
  /** For one question, all its steps together. */
  timeoutSeconds: number;
}

/** Without a key there is no model, and it says so. */
export function makeModel(
  config: Pick<
    Config,
    | 'OPENAI_API_KEY'
    | 'OPENAI_BASE_URL'
    | 'OPENAI_MODEL'
    | 'OPENAI_ORG_ID'
    | 'OPENAI_MAX_TOKENS'
    | 'OPENAI_TEMPERATURE'
    | 'LLM_TIMEOUT_SECONDS'
  >,
): Model {
  const apiKey = config.OPENAI_API_KEY?.reveal() ?? null;
  const options = (): ModelOptions => {
    if (apiKey === null) throw new Error('there is no model');
    return {
      apiKey,
      baseUrl: config.OPENAI_BASE_URL ?? null,
      model: config.OPENAI_MODEL,
      organisation: config.OPENAI_ORG_ID ?? null,
      maxTokens: config.OPENAI_MAX_TOKENS,
      temperature: config.OPENAI_TEMPERATURE,
      timeoutSeconds: config.LLM_TIMEOUT_SECONDS,
    };
  };
  return {
    ready: () => apiKey !== null,
    converse: async (task) => converse(options(), task),
    match: async (task) => match(options(), task),
  };
}
