// Modals beyond the simple case: pushed, updated, cleared, closed with notice, and views that Slack refuses.

import type { App } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Slack, startSlack } from '../index.ts';
import { clientOptions, startBolt } from './bolt.ts';

let slack: Slack;
let bolt: App | undefined;

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const modal = (callback_id: string, title = 'Title') => ({
  type: 'modal' as const,
  callback_id,
  title: plain(title),
  submit: plain('Next'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input' as const,
      block_id: 'unit',
      label: plain('Unit'),
      element: {
        type: 'static_select' as const,
        action_id: 'choice',
        options: [
          { text: plain('Pieces'), value: 'pieces' },
          { text: plain('Euros'), value: 'eur' },
        ],
      },
    },
  ],
});

beforeEach(async () => {
  slack = await startSlack();
});

afterEach(async () => {
  await bolt?.stop();
  bolt = undefined;
  await slack.stop();
});

/** A shortcut that opens the first modal; the rest is up to the test. */
async function start(prepare: (app: App) => void) {
  bolt = await startBolt(slack, 'socket', (app) => {
    app.shortcut('open', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: modal('first') });
    });
    prepare(app);
  });
  await slack.shortcut('ada', 'open');
  return slack.waitFor(() => slack.modalOf('ada'));
}

test('a submission may push a second view, which knows what was chosen, and clear both', async () => {
  const chosen: unknown[] = [];
  const first = await start((app) => {
    app.view('first', async ({ ack, view }) => {
      chosen.push(view.state.values.unit?.choice?.selected_option?.value);
      await ack({ response_action: 'push', view: modal('second', 'Second') });
    });
    app.view('second', async ({ ack }) => ack({ response_action: 'clear' }));
  });
  const { view: second } = await slack.submit(first, { choice: 'Euros' });
  expect(chosen).toEqual(['eur']);
  expect(second?.body.callback_id).toBe('second');
  expect(second?.previous).toBe(first.id);
  if (second) await slack.submit(second, { choice: 'pieces' });
  expect(slack.modalOf('ada')).toBeUndefined();
});

test('a submission may replace the view, and closing it is told', async () => {
  const closed: string[] = [];
  const first = await start((app) => {
    app.view('first', async ({ ack }) => ack({ response_action: 'update', view: modal('changed', 'Changed') }));
    app.view({ callback_id: 'changed', type: 'view_closed' }, async ({ ack, view }) => {
      closed.push(view.title.text);
      await ack();
    });
  });
  await slack.submit(first, { choice: 'Pieces' });
  expect(slack.modalOf('ada')?.body.title).toEqual(plain('Changed'));
  await slack.close(first);
  expect(closed).toEqual(['Changed']);
});

test('what is needed has to be filled in, and only with what is offered', async () => {
  const first = await start(() => {});
  await expect(slack.submit(first)).rejects.toThrow('is needed');
  await expect(slack.submit(first, { choice: 'Kilos' })).rejects.toThrow('There is no option Kilos');
});

test('a view is updated by its id while its hash is the one known', async () => {
  const first = await start(() => {});
  const web = new WebClient(slack.install().botToken, clientOptions(slack));
  const { hash } = first;
  await web.views.update({ view_id: first.id, hash, view: modal('first', 'Later') });
  expect(slack.modalOf('ada')?.body.title).toEqual(plain('Later'));
  await expect(web.views.update({ view_id: first.id, hash, view: modal('first') })).rejects.toThrow('hash_conflict');
});

test.each([
  ['a title of 25', { title: plain('x'.repeat(25)) }, '/view/title'],
  ['inputs without a way to submit', { submit: undefined }, 'missing required field: submit'],
  ['a table', { blocks: [{ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }] }, 'unsupported type: table'],
  ['metadata of 3001', { private_metadata: 'x'.repeat(3001) }, '/view/private_metadata'],
])('a modal with %s is refused', async (_, change, why) => {
  const web = new WebClient(slack.install().botToken, clientOptions(slack));
  await slack.shortcut('ada', 'nobody listens');
  const trigger_id = [...slack.triggers.keys()].at(-1) ?? '';
  const view = { ...modal('first'), ...change } as ReturnType<typeof modal>;
  const refused = await web.views.open({ trigger_id, view }).catch((error) => error.data);
  expect(refused.error).toBe('invalid_arguments');
  expect(refused.response_metadata.messages.join()).toContain(why);
});
