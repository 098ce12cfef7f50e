// What is stored -> the digest that one person may see: the same guard and the same read-only login as for a question.

import { guard } from '../ask/guard/guard.ts';
import { composeDigest } from '../digest/compose.ts';
import { type DigestInput, latestCompleteMonth, monthsBefore } from '../digest/input.ts';
import { lastUploadSql, monthlyRow, monthlySql, productRow, productsSql } from '../digest/questions.ts';
import type { ChartBlock, Message, Value } from '../message/message.ts';
import type { Ports, Principal } from '../ports.ts';

type DigestPorts = Pick<Ports, 'analyst' | 'charts'>;

/** The digest with its charts drawn and attached. `today` is `YYYY-MM-DD` in the client's time zone. */
export async function digestFor(
  ports: DigestPorts,
  principal: Principal,
  client: { name: string; baseCurrency: string; today: string },
): Promise<Message> {
  const monthly = (await rows(ports, monthlySql, principal)).map(monthlyRow);
  const month = latestCompleteMonth({ monthly, today: client.today });
  const products = month === null ? [] : await rows(ports, productsSql(month, monthsBefore(month, 1)), principal);
  const [last] = await rows(ports, lastUploadSql, principal);
  const input: DigestInput = {
    clientName: client.name,
    baseCurrency: client.baseCurrency,
    today: client.today,
    monthly,
    products: products.map(productRow),
    heldBack: null,
    lastUpload: last ? { fileName: String(last.file_name), at: String(last.created_at) } : null,
  };
  return drawn(ports, composeDigest(input));
}

async function rows(ports: DigestPorts, sql: string, principal: Principal): Promise<Record<string, Value>[]> {
  const judged = await guard(sql);
  if (!judged.ok) throw new Error(`our own statement was refused: ${judged.refusal.rule} ${judged.refusal.help}`);
  return (await ports.analyst.run(judged.statement, principal)).rows;
}

/** Draws each chart once; the block names the attachment that holds its picture. */
async function drawn(ports: Pick<Ports, 'charts'>, message: Message): Promise<Message> {
  const attachments = [...(message.attachments ?? [])];
  const blocks = [];
  for (const block of message.blocks) {
    if (block.kind !== 'chart') {
      blocks.push(block);
      continue;
    }
    const name = block.attachment ?? `chart-${attachments.length + 1}.png`;
    attachments.push({ name, contentType: 'image/png', data: await ports.charts.draw(block.chart) });
    blocks.push({ ...block, attachment: name } satisfies ChartBlock);
  }
  return { ...message, blocks, attachments };
}
