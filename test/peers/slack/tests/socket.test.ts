// The real bolt over Socket Mode against the local Slack.

import type { App } from '@slack/bolt';
import { afterEach, expect, test } from 'vitest';
import { type Slack, startSlack } from '../index.ts';
import { socketBolt } from './bolt.ts';

let slack: Slack;
let bolt: App | undefined;

afterEach(async () => {
  await bolt?.stop();
  bolt = undefined;
  await slack.stop();
});

test('a mention reaches the app, and its answer is in the thread', async () => {
  slack = await startSlack();
  bolt = await socketBolt(slack, (app) => {
    app.event('app_mention', async ({ event, say }) => {
      await say({ text: `You said: ${event.text}`, thread_ts: event.ts });
    });
  });
  const question = slack.mention('ada', '#sales', 'how much?');
  const [, answer] = await slack.waitFor(
    () => slack.thread('#sales', question.ts).length > 1 && slack.thread('#sales', question.ts),
  );
  expect(answer?.text).toBe(`You said: <@${slack.install().botUser}> how much?`);
  await slack.settled();
  const both = slack.journal.deliveries.slice(0, 2).map((each) => each.type);
  expect(both.toSorted()).toEqual(['app_mention', 'message']);
});
