// What a person typed -> the blocks that Slack's composer makes of it, which events carry beside the text.

import type { Json } from '../world/types.ts';

const SPECIAL = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|<#([CG][A-Z0-9]+)(?:\|[^>]*)?>|<(https?:[^|>]+)(?:\|([^>]*))?>/g;

/** One `rich_text` block. The text is escaped already (`&amp;`), its elements are not, as in Slack. */
export function composed(text: string, blockId: string): Json[] {
  if (text === '') return [];
  const elements: Json[] = [];
  let from = 0;
  for (const match of text.matchAll(SPECIAL)) {
    addText(elements, text.slice(from, match.index));
    const [whole, user, channel, url, label] = match;
    if (user !== undefined) elements.push({ type: 'user', user_id: user });
    else if (channel !== undefined) elements.push({ type: 'channel', channel_id: channel });
    else elements.push({ type: 'link', url, ...(label !== undefined && { text: label }) });
    from = match.index + whole.length;
  }
  addText(elements, text.slice(from));
  return [{ type: 'rich_text', block_id: blockId, elements: [{ type: 'rich_text_section', elements }] }];
}

/** `&`, `<` and `>` as Slack stores them. */
export function escapeTyped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function addText(elements: Json[], escaped: string): void {
  if (escaped === '') return;
  const text = escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  elements.push({ type: 'text', text });
}
