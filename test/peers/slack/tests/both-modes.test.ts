// The real bolt against the local Slack, once over Socket Mode and once over signed HTTP: what people do, and what comes back.

import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Slack, startSlack } from '../index.ts';
import { type Mode, startBolt } from './bolt.ts';

describe.each<Mode>(['socket', 'http'])('over %s', (mode) => {
  let slack: Slack;
  let bolt: App | undefined;

  const start = async (prepare: (app: App) => void) => {
    bolt = await startBolt(slack, mode, prepare);
  };

  beforeEach(async () => {
    slack = await startSlack();
  });

  afterEach(async () => {
    await bolt?.stop();
    bolt = undefined;
    await slack.stop();
  });

  test('a mention reaches the app as app_mention and as message, and its answer is in the thread', async () => {
    await start((app) => {
      app.event('app_mention', async ({ event, say }) => {
        await say({ text: `You said: ${event.text}`, thread_ts: event.ts });
      });
    });
    const question = slack.mention('ada', '#sales', 'how much?');
    const answer = await slack.waitFor(() => slack.thread('#sales', question.ts)[1]);
    expect(answer.text).toBe(`You said: <@${slack.install().botUser}> how much?`);
    const events = slack.journal.deliveries.slice(0, 2).map((each) => each.payload.event as Record<string, unknown>);
    expect(events.map((each) => each.type).toSorted()).toEqual(['app_mention', 'message']);
    expect(new Set(events.map((each) => each.ts))).toEqual(new Set([question.ts]));
  });

  test('a shared file is announced twice, and its bytes come back for the token', async () => {
    const got: string[] = [];
    await start((app) => {
      app.event('message', async ({ event, client }) => {
        if (event.subtype !== 'file_share') return;
        const { file } = await client.files.info({ file: event.files?.[0]?.id ?? '' });
        const response = await fetch(file?.url_private_download ?? '', {
          headers: { authorization: `Bearer ${slack.install().botToken}` },
          redirect: 'manual',
        });
        got.push(await response.text());
      });
    });
    slack.share('ben', '#sales', { name: 'week.csv', bytes: 'store,sales\nNorth,12\n' });
    await slack.waitFor(() => got.length > 0);
    expect(got).toEqual(['store,sales\nNorth,12\n']);
    await slack.waitFor(() => slack.journal.deliveriesOf('file_shared')[0]?.outcome === 'acked');
  });

  test('a stub of another organisation is told apart by files.info only', async () => {
    const modes: unknown[] = [];
    await start((app) => {
      app.event('message', async ({ event, client }) => {
        if (event.subtype !== 'file_share') return;
        const stub = event.files?.[0];
        const { file } = await client.files.info({ file: stub?.id ?? '' });
        modes.push(stub?.mode, stub?.name, file?.mode, file?.name);
      });
    });
    slack.share('ben', '#sales', { name: 'week.csv', bytes: 'a', mode: 'file_access' });
    await slack.waitFor(() => modes.length > 0);
    expect(modes).toEqual(['file_access', undefined, 'hosted', 'week.csv']);
  });

  test('a pressed button opens a modal, errors keep it open, and what is submitted is posted', async () => {
    await start((app) => {
      app.message('ask', async ({ say }) => {
        await say({ text: 'Which year?', blocks: [{ type: 'actions', elements: [choose] }] });
      });
      app.action('choose', async ({ ack, body, client }) => {
        await ack();
        if (body.type === 'block_actions') await client.views.open({ trigger_id: body.trigger_id, view: modal });
      });
      app.view('year', async ({ ack, view, client, body }) => {
        const year = view.state.values.year?.value?.value ?? '';
        if (!/^\d{4}$/.test(year)) return ack({ response_action: 'errors', errors: { year: 'Four digits, please.' } });
        await ack();
        await client.chat.postMessage({ channel: body.user.id, text: `The year is ${year}.` });
      });
    });
    slack.say('ada', '#sales', 'ask');
    const posted = await slack.waitFor(() => slack.messages('#sales').find((each) => each.text === 'Which year?'));
    await slack.press('ada', posted, 'Choose a year');
    const view = await slack.waitFor(() => slack.modalOf('ada'));
    expect((await slack.submit(view, { year: 'soon' })).errors).toEqual({ year: 'Four digits, please.' });
    expect(await slack.submit(view, { year: '2026' })).toMatchObject({ delivery: { outcome: 'acked' } });
    expect(slack.modalOf('ada')).toBeUndefined();
    await slack.waitFor(() =>
      [...slack.world.messages.values()].flat().some((each) => each.text === 'The year is 2026.'),
    );
  });

  test('a command is answered by its acknowledgement, privately, and by the response address, for all', async () => {
    await start((app) => {
      app.command('/sales', async ({ ack, command, respond }) => {
        await ack(`Looking for ${command.text}`);
        await respond({ text: 'Here it is.', response_type: 'in_channel' });
      });
    });
    const delivery = await slack.slash('ada', '#sales', '/sales', 'North');
    expect(delivery.outcome).toBe('acked');
    await slack.waitFor(() => slack.messages('#sales').some((each) => each.text === 'Here it is.'));
    expect(slack.ephemeral('#sales').map((each) => each.text)).toEqual(['Looking for North']);
  });

  test('a shortcut on a message, an edit, a reaction and the Home tab reach their listeners', async () => {
    const heard: string[] = [];
    await start((app) => {
      app.shortcut('explain', async ({ ack, shortcut }) => {
        await ack();
        if (shortcut.type === 'message_action') heard.push(`shortcut on ${shortcut.message.text}`);
      });
      app.event('message', async ({ event }) => {
        if (event.subtype === 'message_changed') heard.push('edit');
      });
      app.event('reaction_added', async ({ event }) => void heard.push(`reaction ${event.reaction}`));
      app.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({ user_id: event.user, view: home });
        heard.push(`home ${event.tab}`);
      });
    });
    const message = slack.say('ada', '#sales', 'twelve');
    await slack.shortcut('ben', 'explain', message);
    slack.edit(message, 'thirteen');
    slack.react('ben', message, 'eyes');
    await slack.openHome('ada');
    await slack.waitFor(() => heard.length === 4);
    expect(heard.toSorted()).toEqual(['edit', 'home home', 'reaction eyes', 'shortcut on twelve']);
    expect(slack.homeOf('ada')?.body.blocks).toHaveLength(1);
  });
});

const choose = {
  type: 'button' as const,
  action_id: 'choose',
  text: { type: 'plain_text' as const, text: 'Choose a year' },
};

const modal = {
  type: 'modal' as const,
  callback_id: 'year',
  title: { type: 'plain_text' as const, text: 'Year' },
  submit: { type: 'plain_text' as const, text: 'Go' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'year',
      label: { type: 'plain_text' as const, text: 'Year' },
      element: { type: 'plain_text_input' as const, action_id: 'value' },
    },
  ],
};

const home = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
