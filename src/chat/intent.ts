// What a person wants with a message: help, or an answer. Anything that is not plainly a request for help is a question.

export type Intent = { kind: 'help' } | { kind: 'question'; question: string };

const greetings = /^(hi|hey|hello|hallo|hoi|bonjour|hola|help|\?|what can you do)[\s!?.]*$/i;

export function intentOf(text: string): Intent {
  const question = text.replace(/\s+/g, ' ').trim();
  if (question === '' || greetings.test(question)) return { kind: 'help' };
  return { kind: 'question', question };
}
