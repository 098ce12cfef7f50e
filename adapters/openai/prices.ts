// What a model costs, by its name. Published prices in US dollars for a million tokens (platform.openai.com/docs/pricing, 2026);
// a model that is not listed counts as the dearest, so that a budget is never overrun unseen.

interface Price {
  input: number;
  output: number;
}

const prices: [prefix: string, price: Price][] = [
  ['gpt-4o-mini', { input: 0.15, output: 0.6 }],
  ['gpt-4o', { input: 2.5, output: 10 }],
  ['gpt-4.1-nano', { input: 0.1, output: 0.4 }],
  ['gpt-4.1-mini', { input: 0.4, output: 1.6 }],
  ['gpt-4.1', { input: 2, output: 8 }],
  ['gpt-5-nano', { input: 0.05, output: 0.4 }],
  ['gpt-5-mini', { input: 0.25, output: 2 }],
  ['gpt-5', { input: 1.25, output: 10 }],
  ['o4-mini', { input: 1.1, output: 4.4 }],
  ['o3', { input: 2, output: 8 }],
];
const dearest: Price = { input: 2.5, output: 10 };

/** US dollars. */
export function costOf(model: string, inputTokens: number, outputTokens: number): number {
  const { input, output } = prices.find(([prefix]) => model.startsWith(prefix))?.[1] ?? dearest;
  return (inputTokens * input + outputTokens * output) / 1e6;
}
