// The main job from end to end on sample workbooks: receipts, answers with charts, a digest and a cleaned workbook.

import { htmlPage } from '../message/html.ts';
import type { Message } from '../message/message.ts';
import { plainText } from '../message/plain-text.ts';
import type { Receipt } from '../ports.ts';
import { cleanWorkbook } from '../usecases/clean-workbook.ts';
import { digestFor } from '../usecases/compose-digest.ts';
import { ask } from './ask.ts';
import type { AnyReply, Context } from './dispatch.ts';
import { type FileToIngest, ingest } from './ingest.ts';

export interface DemoOutside {
  /** The sample workbooks, one a vendor. */
  files: { name: string; read: () => Promise<Uint8Array> }[];
  /** Writes into the demo's folder and returns the path. */
  keep(name: string, data: Uint8Array | string): string;
  pause(): Promise<void>;
  clientName: string;
  baseCurrency: string;
}

/** The day on which the demo plays: soon after the samples' last month, so that "last month" means something. */
const today = '2025-06-02';

/** The fourth builds on the third, as in a thread. */
const questions = (reseller: string) => [
  'Total sales by reseller in 2025',
  'Top 5 products in 2025 by units',
  'Sales by month in 2025',
  `only ${reseller}`,
  'Average price per piece in 2025 by reseller',
];

export async function* demo(context: Context, outside: DemoOutside): AsyncGenerator<AnyReply> {
  const { app, ports } = context;
  const principal = await context.principal(null, null);
  const files: FileToIngest[] = outside.files.map((file) => ({ ...file, principal }));
  const kept: string[] = [];
  const keep = (name: string, data: Uint8Array | string) => {
    const path = outside.keep(name, data);
    kept.push(path);
    return path;
  };

  yield heading(`1. ${files.length} workbooks, each in its own reseller's layout`);
  await app.work();
  let first: Receipt | null = null;
  for await (const reply of ingest(app, ports, files, { rows: false }, outside.pause)) {
    yield reply;
    first ??= reply.receipt ?? null;
  }

  yield heading(`2. Five questions, asked on ${today}`);
  for (const [index, question] of questions(first?.scopes[0]?.reseller ?? '').entries()) {
    yield {
      document: { question },
      message: { blocks: [{ kind: 'text', text: `> ${question}`, style: 'strong' }] },
      failed: false,
    };
    const asked = { id: `question-${index + 1}`, question, context: [] };
    const reply = await ask(app, principal, asked, 'demo', today, (_name, png) =>
      keep(`question-${index + 1}.png`, png),
    );
    yield { ...reply, message: numbered(reply.message, index + 1) };
  }

  yield heading('3. The digest');
  const digest = await digestFor(ports, principal, {
    name: outside.clientName,
    baseCurrency: outside.baseCurrency,
    today,
  });
  keep('digest.html', htmlPage(digest, { title: digest.title ?? 'Digest', charts: 'data' }));
  keep('digest.txt', plainText(digest));
  yield { document: { digest: digest.title }, message: digest, failed: false };

  if (first) {
    keep('cleaned-workbook.xlsx', await cleanWorkbook(ports, first.uploadId));
  }
  yield {
    document: { files: kept },
    message: { title: 'Written to disk', blocks: [{ kind: 'text', text: kept.join('\n') }] },
    failed: false,
  };
}

function heading(title: string): AnyReply {
  return { document: { step: title }, message: { title, blocks: [{ kind: 'divider' }] }, failed: false };
}

/** Every answer calls its picture chart.png; on disk each has the number of its question. */
function numbered(message: Message, number: number): Message {
  const name = `question-${number}.png`;
  return {
    ...message,
    blocks: message.blocks.map((block) =>
      block.kind === 'chart' && block.attachment ? { ...block, attachment: name } : block,
    ),
    attachments: (message.attachments ?? []).map((attachment) => ({ ...attachment, name })),
  };
}
