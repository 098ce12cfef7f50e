// A real bolt app pointed at a local Slack, quick to start and to stop.

import { App, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Slack } from '../index.ts';

/** Says nothing: sockets that the peer cuts on purpose are no news. */
const quiet: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** The web client's settings that every test shares: no retries of its own, and a short limit. */
export function clientOptions(slack: Slack) {
  return { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, timeout: 2000 };
}

/** @param reconnectMs how soon it opens a new socket after it lost one. */
export async function socketBolt(slack: Slack, prepare: (app: App) => void, reconnectMs = 100): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: slack.app().appToken,
    clientPingTimeout: reconnectMs,
    logger: quiet,
    installerOptions: { clientOptions: clientOptions(slack) },
  });
  const app = new App({
    token: slack.install().botToken,
    receiver,
    logger: quiet,
    clientOptions: clientOptions(slack),
  });
  prepare(app);
  await app.start();
  return app;
}
