// The fixed sentences.

import type { AppError } from '../errors.ts';
import type { Message } from '../message/message.ts';

/** A file arrived and is being read; the receipt takes this message's place. */
export function received(fileName: string): Message {
  return { blocks: [{ kind: 'text', text: `Reading ${fileName} …` }] };
}

/** What is wrong and what to do about it. */
export function failure(error: Pick<AppError, 'message' | 'hint'>): Message {
  return {
    blocks: [
      { kind: 'text', text: error.message, style: 'warning' },
      { kind: 'text', text: error.hint },
    ],
  };
}

/** What the bot does and how to begin; the suggestions can be answered from the data at hand. */
export function help(suggestions: string[]): Message {
  return {
    title: 'What I do',
    blocks: [
      {
        kind: 'text',
        text: 'Drop a reseller’s workbook here: I recognise the vendor, clean the rows, store them and answer with a receipt. Or ask about what is stored.',
      },
      ...(suggestions.length === 0
        ? []
        : [
            {
              kind: 'actions' as const,
              actions: suggestions.map((question, index) => ({ id: `ask-${index}`, label: question, value: question })),
            },
          ]),
    ],
  };
}
