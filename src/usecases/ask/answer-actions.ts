// The buttons under an answer -> its SQL, all its rows, a workbook or a CSV file of them, or a person's word that it is right. The
// statement runs again, as whoever pressed: nobody sees by a button what they may not see by asking.

import { guard } from '../../ask/guard/guard.ts';
import { AppError } from '../../errors.ts';
import { csvOf } from '../../message/csv.ts';
import type { Action, Attachment, Block, Message } from '../../message/message.ts';
import { describeColumns } from '../../message/rows.ts';
import type { AnsweredQuestion, Ports, Principal, ResultSet } from '../../ports.ts';

type ActionPorts = Pick<Ports, 'questions' | 'analyst' | 'workbooks' | 'audit'>;

export const answerActions = ['sql', 'rows', 'xlsx', 'csv', 'verify'] as const;
export type AnswerAction = (typeof answerActions)[number];

const shownRows = 100;

/** What may be done with an answer; a viewer may not call it right. */
export function actionsOf(questionId: string, by: Principal, verified: boolean): Block {
  const actions: Action[] = [
    { id: 'sql', label: 'Show SQL', value: questionId },
    { id: 'rows', label: 'Show rows', value: questionId },
    { id: 'xlsx', label: 'Excel', value: questionId },
    { id: 'csv', label: 'CSV', value: questionId },
  ];
  if (by.role !== 'viewer' && !verified) actions.push({ id: 'verify', label: 'This is right', value: questionId });
  return { kind: 'actions', actions };
}

/** Throws ASK_NO_SUCH_ANSWER for what is not there or was somebody else's, and ACCESS_ROLE. */
export async function answerAction(
  ports: ActionPorts,
  action: AnswerAction,
  questionId: string,
  by: Principal,
  baseCurrency: string,
): Promise<Message> {
  const asked = await ports.questions.find(questionId);
  if (!asked || !mayTouch(asked, by)) throw new AppError('ASK_NO_SUCH_ANSWER');
  const { question, sql } = asked;
  if (action === 'sql') return { blocks: [{ kind: 'text', text: sql, style: 'code' }] };
  if (action === 'verify') return verify(ports, asked, by);
  const result = await again(ports, sql, by);
  const columns = describeColumns(result.columns, result.rows, baseCurrency);
  if (action === 'rows') {
    const { rows } = result;
    return {
      blocks: [
        {
          kind: 'table',
          title: question,
          columns,
          rows: rows.slice(0, shownRows),
          more: Math.max(0, rows.length - shownRows),
        },
      ],
    };
  }
  const file = action === 'xlsx' ? await workbookOf(ports, question, sql, result) : csvFile(result);
  const more = result.truncated ? ' There are more rows than can be sent.' : '';
  const text = `${file.name}: ${result.rows.length} ${result.rows.length === 1 ? 'row' : 'rows'}.${more}`;
  return { blocks: [{ kind: 'text', text }], attachments: [file] };
}

/** Who asked, whoever is in the conversation in which it was asked, and administrators. */
function mayTouch(asked: AnsweredQuestion, by: Principal): boolean {
  return asked.userId === by.userId || by.role === 'admin' || (asked.spaceId !== null && asked.spaceId === by.spaceId);
}

async function verify({ questions, audit }: ActionPorts, asked: AnsweredQuestion, by: Principal): Promise<Message> {
  if (by.role === 'viewer') throw new AppError('ACCESS_ROLE', { role: by.role, needed: 'contributor' });
  const { meaning, question, sql } = asked;
  if (meaning === null) throw new AppError('ASK_NO_SUCH_ANSWER');
  await questions.verify({ meaning, question, sql }, by);
  await audit.security({ principal: by, kind: 'answer-verified', details: { question: asked.id } });
  const text = `Noted: "${question}" is answered right. Whoever asks the same, in these or other words, is told that ${by.email} has checked it.`;
  return { blocks: [{ kind: 'text', text }] };
}

async function again({ analyst }: ActionPorts, sql: string, by: Principal): Promise<ResultSet> {
  const judged = await guard(sql);
  if (!judged.ok) throw new AppError('ASK_REFUSED', { reason: judged.refusal.help });
  return analyst.run(judged.statement, by);
}

async function workbookOf(
  { workbooks }: ActionPorts,
  question: string,
  sql: string,
  { columns, rows }: ResultSet,
): Promise<Attachment> {
  const data = await workbooks.write([
    { name: 'Answer', columns: columns.map((key) => ({ header: key, key })), rows },
    {
      name: 'Question',
      columns: [
        { header: 'Question', key: 'question', width: 60 },
        { header: 'SQL', key: 'sql', width: 100 },
      ],
      rows: [{ question, sql }],
    },
  ]);
  return {
    name: 'answer.xlsx',
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    data,
  };
}

function csvFile({ columns, rows }: ResultSet): Attachment {
  return {
    name: 'answer.csv',
    contentType: 'text/csv; charset=utf-8',
    data: new TextEncoder().encode(csvOf(columns, rows)),
  };
}
