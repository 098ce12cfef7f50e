// Data -> HTML. Everything is escaped; no script, one small inline stylesheet that the security headers allow.

import type { Check } from './index.ts';

/** The first page: whether everything works, and how to go on. */
export function statusPage(clientName: string, checks: Check[]): string {
  const ready = checks.every((check) => check.ok);
  const rows = checks
    .map(
      (check) =>
        `<tr><th scope="row">${escapeHtml(check.name)}</th><td>${check.ok ? 'working' : 'not working'}</td><td>${escapeHtml(check.message)}</td></tr>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>TaskifAI for ${escapeHtml(clientName)}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 42rem; margin: 3rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); font-weight: normal; }
code { background: color-mix(in srgb, currentColor 10%, transparent); padding: .1rem .3rem; border-radius: .2rem; }
</style>
</head>
<body>
<h1>TaskifAI for ${escapeHtml(clientName)}</h1>
<p>${ready ? 'Everything that is needed works.' : 'Something that is needed does not work.'}</p>
<table><tbody>${rows}</tbody></table>
<h2>Talk to it</h2>
<p>In a terminal, in the folder from which this was started: <code>npm run chat</code>. Drop a workbook by typing its path, then ask:
“top 5 products this year”.</p>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
