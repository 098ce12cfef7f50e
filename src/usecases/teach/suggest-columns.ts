// A proposal with questions that nobody's words could settle -> the same questions, with what a language model makes of the
// headings first among the answers. A person still decides: nothing is taken from a column until somebody says so.

import { quoted } from '../../clean/teach/columns.ts';
import type { Proposal, Question } from '../../clean/teach/proposal.ts';
import type { Ports, Principal } from '../../ports.ts';
import { FIELDS } from '../../vendors/vendor.ts';
import type { Lesson } from './teach-layout.ts';

type SuggestPorts = Pick<Ports, 'model' | 'spending' | 'audit' | 'observer' | 'clock'>;

/** @param budgetUsd a month; null when there is no limit. Without a model, or beyond the budget, the lesson is as it was. */
export async function suggestColumns(
  ports: SuggestPorts,
  lesson: Lesson,
  by: Principal,
  budgetUsd: number | null,
): Promise<Lesson> {
  const { proposal, upload } = lesson;
  const fields = proposal.questions.filter(isAboutField).map(({ about }) => about);
  if (!ports.model.ready() || fields.length === 0 || proposal.unused.length === 0) return lesson;
  if (budgetUsd !== null && (await ports.spending.inMonth(ports.clock.now())) >= budgetUsd) return lesson;
  const started = ports.clock.now().getTime();
  const headings = proposal.unused.map(({ heading, holds }) => ({ heading, holds }));
  const { matches, failure, use } = await ports.model.match({ fields, headings });
  const { model, inputTokens, outputTokens, costUsd } = use;
  ports.observer.record({ kind: 'model-used', model, inputTokens, outputTokens, costUsd, failure });
  await ports.audit.question({
    principal: by,
    question: `headings of ${upload.fileName}`,
    sql: null,
    kind: failure === null ? 'answer' : 'error',
    engine: 'model',
    rows: matches.length,
    ms: ports.clock.now().getTime() - started,
    model: use,
    meaning: null,
  });
  return { ...lesson, proposal: withMatches(proposal, matches) };
}

function withMatches(proposal: Proposal, matches: { heading: string; field: string }[]): Proposal {
  const there = new Set(proposal.unused.map(({ heading }) => heading));
  const notes = [...proposal.notes];
  const questions = proposal.questions.map((question) => {
    const match = matches.find(({ field, heading }) => field === question.about && there.has(heading));
    if (!match || !isAboutField(question)) return question;
    const answer = `--set ${match.field}=${quoted(match.heading)}`;
    notes.push(`The language model takes "${match.heading}" for the ${match.field}; it is not read before you say so.`);
    return { ...question, answers: [answer, ...question.answers.filter((each) => each !== answer)] };
  });
  return { ...proposal, notes, questions };
}

function isAboutField({ about }: Question): boolean {
  return FIELDS.some((field) => field === about);
}
