// The text of a `markdown` block -> HTML: headings, lists, quotes, code, tables, emphasis and links.

import { escapeHtml, safeUrl } from './escape.ts';

export function markdown(text: string): string {
  const html: string[] = [];
  const pieces = text.split(/^```.*$/m);
  for (const [at, piece] of pieces.entries()) {
    if (at % 2 === 1) html.push(`<pre>${escapeHtml(piece.replace(/^\n|\n$/g, ''))}</pre>`);
    else for (const part of piece.split(/\n{2,}/)) html.push(paragraph(part.replace(/^\n+|\n+$/g, '')));
  }
  return html.join('');
}

function paragraph(text: string): string {
  if (text.trim() === '') return '';
  const lines = text.split('\n');
  if (lines.length > 1 && /^\s*\|?[\s:|-]+\|[\s:|-]*$/.test(lines[1] ?? '')) return table(lines);
  return lists(lines.map(line));
}

/** One line; list items carry a mark that {@link lists} gathers. */
function line(text: string): string {
  const heading = /^(#{1,6})\s+(.*)$/.exec(text);
  if (heading) return `<h${heading[1]?.length}>${inline(heading[2] ?? '')}</h${heading[1]?.length}>`;
  const bullet = /^\s*[-*+]\s+(.*)$/.exec(text);
  if (bullet) return `\u0001<li>${inline(bullet[1] ?? '')}</li>`;
  const numbered = /^\s*\d+[.)]\s+(.*)$/.exec(text);
  if (numbered) return `\u0002<li>${inline(numbered[1] ?? '')}</li>`;
  const quote = /^>\s?(.*)$/.exec(text);
  if (quote) return `<blockquote>${inline(quote[1] ?? '')}</blockquote>`;
  if (/^(-{3,}|\*{3,})$/.test(text)) return '<hr>';
  return `<p>${inline(text)}</p>`;
}

function lists(lines: string[]): string {
  return lines
    .join('')
    .replace(/(\u0001<li>.*?<\/li>)+/g, (items) => `<ul>${items.replaceAll('\u0001', '')}</ul>`)
    .replace(/(\u0002<li>.*?<\/li>)+/g, (items) => `<ol>${items.replaceAll('\u0002', '')}</ol>`);
}

function table(lines: string[]): string {
  const cells = (text: string) =>
    text
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((each) => inline(each.trim()));
  const [head = '', , ...rows] = lines;
  const row = (text: string, tag: string) =>
    `<tr>${cells(text)
      .map((each) => `<${tag}>${each}</${tag}>`)
      .join('')}</tr>`;
  return `<table class="cells">${row(head, 'th')}${rows.map((each) => row(each, 'td')).join('')}</table>`;
}

function inline(text: string): string {
  const kept: string[] = [];
  const keep = (html: string) => `\u0000${kept.push(html) - 1}\u0000`;
  const marked = text
    .replace(/[\u0000-\u0002]/g, '')
    .replace(/`([^`]+)`/g, (_, code) => keep(`<code>${escapeHtml(code)}</code>`))
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (whole, label, target) => {
      const url = safeUrl(target);
      return url ? keep(`<a href="${url}" rel="noopener noreferrer" target="_blank">${escapeHtml(label)}</a>`) : whole;
    });
  return escapeHtml(marked)
    .replace(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g, '<b>$1</b>')
    .replace(/(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])/g, '<i>$1</i>')
    .replace(/(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)/g, '<i>$1</i>')
    .replace(/~~(.+?)~~/g, '<s>$1</s>')
    .replace(/\u0000(\d+)\u0000/g, (_, at) => kept[Number(at)] ?? '');
}
