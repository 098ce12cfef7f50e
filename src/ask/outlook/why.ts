// "Why did sales fall in May?" -> the change that is meant, to be taken apart by who had a part in it.

import { unsettled } from '../understand/pieces.ts';
import type { Understanding } from '../understanding.ts';

const asks =
  /^\s*(?:(?:so|and|but) )?(?:why (?:did|do|does|have|has|had|are|were|was|is)|what (?:explains|explained|caused|drove|drives|is behind|was behind|led to)|explain(?: why)?|(?:what (?:are|were) )?(?:the )?reasons? (?:for|behind)|because of what did) (?=.*\b(?:fall|fell|fallen|falling|drop|dropped|declin\w*|decreas\w*|rise|rose|risen|rising|grow|grew|grown|growth|increas\w*|chang\w*|down|up|lower|higher|lost|lose|gain\w*|jump\w*|peak\w*|spike\w*|dip)\b)/i;

/** The question without the why; null when it asks for no change. */
export function changeIn(question: string): string | null {
  if (!asks.test(question)) return null;
  const rest = question
    .replace(asks, '')
    .replace(/\b(?:down|lower|dip)\b/i, 'drop')
    .replace(/\b(?:up|higher|jump(?:ed)?|peak(?:ed)?|spike[sd]?)\b/i, 'growth')
    .replace(/[?!.\s]+$/, '');
  // A peak or a dip stands out from what was just before it.
  return /\b(?:peak|spike|dip)/i.test(question) && !/\b(?:than|vs|versus|against|compared|over)\b/i.test(rest)
    ? `${rest} over the month before`
    : rest;
}

/** The change that was understood, as a question for its parts; what was asked back keeps its why. */
export function becauseOf(understood: Understanding): Understanding {
  if (understood.kind === 'clarify') {
    return {
      ...understood,
      options: understood.options.map((each) => ({ ...each, question: `Why did ${each.question}` })),
    };
  }
  if (understood.kind !== 'query') return understood;
  const { query, notes } = understood;
  if (query.kind !== 'growth' || query.metric === 'avg_price' || query.by.length > 0) {
    return unsettled('I can take apart a change of sales or units between two periods, by reseller and by product.');
  }
  const { metric, current, previous, filters, chart } = query;
  return { kind: 'query', query: { kind: 'why', metric, current, previous, filters, chart }, notes };
}
