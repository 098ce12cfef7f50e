// Text of strangers -> HTML that shows it and does nothing else.

/** For text and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Undoes Slack's own escaping of `&`, `<` and `>`. */
export function unescapeSlack(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** An address that a browser may follow, else none. */
export function safeUrl(url: string): string | undefined {
  return /^(https?:\/\/|mailto:|tel:)/i.test(url) ? escapeHtml(url) : undefined;
}
