// Message -> HTML that mail programs hold: inline styles, one column of 640 px, tables for layout, no script, no remote
// content. Everything in a message is data and is escaped. Dark mode lives in the page's style sheet only.

import type { Block, FieldsBlock, Message, TableBlock, TextBlock } from './message.ts';
import { tableCells } from './table-layout.ts';
import { cleanLine, cleanText } from './text.ts';
import { dark, fontStack, light, monoStack } from './theme.ts';

export interface HtmlOptions {
  /** Where a picture's bytes are: a mail part, inside the page, or a file beside it. */
  charts?: 'cid' | 'data' | 'file';
}

const small = `font-size:13px;line-height:1.45;color:${light.muted}`;
const cell = `padding:7px 10px 7px 0;border-bottom:1px solid ${light.line};vertical-align:top`;

/** A fragment, to be put into a page or a mail of one's own. */
export function html(message: Message, options: HtmlOptions = {}): string {
  const parts = message.title
    ? [
        `<h1 class="ink" style="margin:0 0 16px;font-size:22px;line-height:1.3;color:${light.ink}">${line(message.title)}</h1>`,
      ]
    : [];
  let numbered = 0;
  for (const block of message.blocks) {
    parts.push(blockHtml(block, message, options, numbered));
    if (block.kind === 'actions') numbered += block.actions.length;
  }
  return parts.join('\n');
}

/** A whole page, for a mail or a file; `title` is the document's, not repeated in the body. */
export function htmlPage(message: Message, page: HtmlOptions & { title: string; lang?: string }): string {
  return `<!DOCTYPE html>
<html lang="${escapeHtml(page.lang ?? 'en')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${line(page.title)}</title>
<style>${styleSheet}</style>
</head>
<body class="page" style="margin:0;padding:0;background:${light.page}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td class="outer" align="center" style="padding:24px 12px">
<table role="presentation" class="paper" width="640" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:640px;background:${light.paper};border:1px solid ${light.line};border-radius:8px"><tr><td class="inner ink" align="left" style="padding:28px;font-family:${fontStack};font-size:15px;line-height:1.5;color:${light.ink}">
${html(message, page)}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}

const styleSheet = `
@media (max-width:480px){.outer{padding:0!important}.inner{padding:18px 14px!important}.paper{border:0!important;border-radius:0!important}.data{font-size:13px!important}}
@media (prefers-color-scheme:dark){.page{background:${dark.page}!important}.paper{background:${dark.paper}!important;border-color:${dark.line}!important}.ink{color:${dark.ink}!important}.muted{color:${dark.muted}!important}.rule{border-color:${dark.line}!important}.code{background:${dark.stripe}!important;color:${dark.ink}!important}.warn{background:${dark.warnPaper}!important;color:${dark.warnInk}!important;border-color:${dark.warnLine}!important}}
`;

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** `numbered`: how many actions came before in the message. */
function blockHtml(block: Block, message: Message, options: HtmlOptions, numbered: number): string {
  switch (block.kind) {
    case 'text':
      return textHtml(block);
    case 'fields':
      return fieldsHtml(block);
    case 'table':
      return tableHtml(block);
    case 'chart':
    case 'image':
      return pictureHtml(block.alt, block.attachment, message, options);
    case 'actions': {
      const items = block.actions.map((action) => `<li style="margin:0 0 4px">${line(action.label)}</li>`);
      return `<ol start="${numbered + 1}" style="margin:0 0 16px;padding-left:24px">${items.join('')}</ol>`;
    }
    case 'input':
      return `<p style="margin:0 0 16px"><strong>${line(block.label)}</strong>${block.placeholder ? ` <span class="muted" style="color:${light.muted}">${line(block.placeholder)}</span>` : ''}</p>`;
    case 'divider':
      return `<hr class="rule" style="margin:20px 0;border:0;border-top:1px solid ${light.line}">`;
    case 'context':
      return `<p class="muted" style="margin:0 0 12px;${small}">${lines(block.text)}</p>`;
    default:
      return unknownBlock(block);
  }
}

function textHtml({ text, style }: TextBlock): string {
  switch (style) {
    case 'code':
      return `<pre class="code" style="margin:0 0 16px;padding:12px;background:${light.stripe};font-family:${monoStack};font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere">${escapeHtml(cleanText(text))}</pre>`;
    case 'warning':
      return `<p class="warn" role="note" style="margin:0 0 16px;padding:10px 14px;background:${light.warnPaper};border-left:4px solid ${light.warnLine};color:${light.warnInk}">${lines(text)}</p>`;
    case 'strong':
      return `<p style="margin:0 0 12px;overflow-wrap:anywhere"><strong>${lines(text)}</strong></p>`;
    default:
      return `<p style="margin:0 0 16px;overflow-wrap:anywhere">${lines(text)}</p>`;
  }
}

function fieldsHtml({ fields }: FieldsBlock): string {
  const rows = fields.map(
    (field) =>
      `<tr><th class="muted" scope="row" align="left" style="padding:3px 16px 3px 0;font-weight:normal;vertical-align:top;color:${light.muted}">${line(field.label)}</th><td style="padding:3px 0;vertical-align:top;overflow-wrap:anywhere">${lines(field.value)}</td></tr>`,
  );
  return `<table cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px;border-collapse:collapse;font-size:15px">${rows.join('')}</table>`;
}

function tableHtml(block: TableBlock): string {
  const aligned = (index: number) => (block.columns[index]?.kind === 'number' ? 'right' : 'left');
  const head = block.columns.map(
    (column, index) =>
      `<th class="muted rule" scope="col" align="${aligned(index)}" style="${cell};font-weight:600;color:${light.muted}">${line(column.label)}</th>`,
  );
  const rows = tableCells(block).map(
    (texts) =>
      `<tr>${texts.map((text, index) => `<td class="rule" align="${aligned(index)}" style="${cell}${aligned(index) === 'right' ? ';white-space:nowrap' : ''}">${escapeHtml(text)}</td>`).join('')}</tr>`,
  );
  const none =
    block.rows.length === 0
      ? `<tr><td class="muted" colspan="${block.columns.length}" style="${cell};color:${light.muted}">no rows</td></tr>`
      : '';
  const title = block.title
    ? `<h2 class="ink" style="margin:20px 0 8px;font-size:16px;color:${light.ink}">${line(block.title)}</h2>`
    : '';
  const more = block.more
    ? `<p class="muted" style="margin:-8px 0 16px;${small}">… and ${block.more.toLocaleString('en-US')} more</p>`
    : '';
  return `${title}<div style="overflow-x:auto"><table class="data" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px;border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}${none}</tbody></table></div>${more}`;
}

function pictureHtml(
  alt: string,
  attachment: string | undefined,
  message: Message,
  { charts = 'cid' }: HtmlOptions,
): string {
  const source = attachment === undefined ? null : pictureSource(attachment, message, charts);
  if (!source) return `<p class="muted" style="margin:0 0 16px;${small}">${line(alt)}</p>`;
  return `<img src="${escapeHtml(source)}" alt="${line(alt)}" width="584" style="display:block;width:100%;max-width:584px;height:auto;margin:0 0 16px;border:0">`;
}

function pictureSource(name: string, message: Message, charts: 'cid' | 'data' | 'file'): string | null {
  if (charts === 'cid') return `cid:${encodeURIComponent(name)}`;
  if (charts === 'file') return encodeURIComponent(name);
  const found = message.attachments?.find(
    (attachment) => attachment.name === name && /^image\/(png|jpeg)$/.test(attachment.contentType),
  );
  return found ? `data:${found.contentType};base64,${base64(found.data)}` : null;
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function line(text: string): string {
  return escapeHtml(cleanLine(text));
}

function lines(text: string): string {
  return escapeHtml(cleanText(text)).replaceAll('\n', '<br>');
}

function unknownBlock(block: never): never {
  throw new Error(`No HTML for the block ${JSON.stringify(block)}`);
}
