// The page: text that shows as it was meant and never runs, and buttons that do what they do in Slack.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Slack, startSlack } from '../index.ts';
import { markdown } from '../page/markdown.ts';
import { mrkdwn } from '../page/mrkdwn.ts';

let slack: Slack;

beforeEach(async () => {
  slack = await startSlack({ ackMs: 50, retryAfterMs: [], users: [{ id: 'U1', name: 'ada' }] });
});

afterEach(async () => {
  await slack.stop();
});

const link = (url: string, label: string) => `<a href="${url}" rel="noopener noreferrer" target="_blank">${label}</a>`;

test.each([
  ['*bold* _italic_ ~gone~ `code`', '<b>bold</b> <i>italic</i> <s>gone</s> <code>code</code>'],
  ['snake_case_name 2*3*4', 'snake_case_name 2*3*4'],
  ['A &amp; B &lt;b&gt;', 'A &amp; B &lt;b&gt;'],
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['<@U1> and <@U9>', '<span class="mention">@ada</span> and <span class="mention">@U9</span>'],
  ['<https://a.b/?x=1&amp;y=2|*label*>', link('https://a.b/?x=1&amp;y=2', '*label*')],
  ['<javascript:alert(1)|click>', '&lt;javascript:alert(1)|click&gt;'],
  ['`<https://a.b>`', '<code>&lt;https://a.b&gt;</code>'],
  ['one\n> two', 'one<blockquote>two</blockquote>'],
  ['```a *b* <c>```', '<pre>a *b* &lt;c&gt;</pre>'],
])('mrkdwn %j', (text, html) => {
  expect(mrkdwn(slack.world, text)).toBe(html);
});

test.each([
  ['**bold** and *italic*', '<p><b>bold</b> and <i>italic</i></p>'],
  ['# Title\n- one\n- two', '<h1>Title</h1><ul><li>one</li><li>two</li></ul>'],
  ['<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)&gt;</p>'],
  ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
  ['[x](https://a.b)', `<p>${link('https://a.b', 'x')}</p>`],
  ['```\na < b\n```', '<pre>a &lt; b</pre>'],
  ['|a|b|\n|-|-|\n|1|2|', '<table class="cells"><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>'],
])('markdown %j', (text, html) => {
  expect(markdown(text)).toBe(html);
});

test('names of people, files and channels are text on the page', async () => {
  const evil = '<img src=x onerror=alert(1)>';
  slack.addUser({ name: 'eve', realName: evil });
  slack.addChannel({ name: evil });
  slack.share('eve', evil, { name: `${evil}.csv`, bytes: 'a' }, 'look');
  const channel = [...slack.world.channels.values()].at(-1)?.id ?? '';
  const html = await (await fetch(`${slack.url}/?channel=${channel}`)).text();
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;.csv');
  expect(html).not.toContain('<img src=x');
});

test('a click on the page is a block action, and what is typed mentions people', async () => {
  const button = { type: 'button', action_id: 'go', value: '1', text: { type: 'plain_text', text: 'Go' } };
  const headers = { authorization: `Bearer ${slack.install().botToken}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ channel: '#sales', text: 'x', blocks: [{ type: 'actions', elements: [button] }] });
  await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', headers, body });
  const [posted] = slack.messages('#sales');
  const target = `message ${posted?.channel} ${posted?.ts}`;
  expect(await (await fetch(`${slack.url}/?channel=${posted?.channel}`)).text()).toContain(`data-target="${target}"`);
  const press = { as: 'U1', target, action: 'go' };
  await fetch(`${slack.url}/page/press`, { method: 'POST', body: JSON.stringify(press) });
  const delivery = await slack.waitFor(() => slack.journal.deliveriesOf('block_actions')[0]);
  expect(delivery.payload.actions).toMatchObject([{ action_id: 'go', value: '1' }]);
  const form = new FormData();
  for (const [name, value] of Object.entries({ as: 'U1', channel: '#sales', text: '@ada A & B' }))
    form.set(name, value);
  await fetch(`${slack.url}/page/say`, { method: 'POST', body: form });
  expect(slack.messages('#sales').at(-1)?.text).toBe('<@U1> A &amp; B');
});

test('another site cannot press buttons here', async () => {
  const headers = { origin: 'http://evil.example' };
  const answer = await fetch(`${slack.url}/page/press`, { method: 'POST', headers, body: '{}' });
  expect(answer.status).toBe(403);
});
