// A real bolt app pointed at a local Slack, by Socket Mode or by HTTP, quick to start and to stop.

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Slack } from '../index.ts';

export type Mode = 'socket' | 'http';

/** Says nothing: sockets that the peer cuts on purpose are no news. */
export const quiet: Logger = {
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
  return { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, timeout: 2000, logger: quiet };
}

/**
 * @param prepare adds the listeners, before the app starts
 * @param reconnectMs how soon it opens a new socket after it lost one; bolt also gives up a socket that is silent so long
 */
export async function startBolt(
  slack: Slack,
  mode: Mode,
  prepare: (app: App) => void,
  reconnectMs = 3000,
): Promise<App> {
  const receiver = mode === 'socket' ? socketReceiver(slack, reconnectMs) : httpReceiver(slack);
  const { botToken: token } = slack.install();
  const app = new App({ token, receiver, logger: quiet, clientOptions: clientOptions(slack) });
  app.error(async () => {});
  prepare(app);
  if (mode === 'socket') {
    await app.start();
  } else {
    const server = (await app.start(0)) as Server;
    const { port } = server.address() as AddressInfo;
    slack.app().route = { mode: 'http', url: `http://127.0.0.1:${port}/slack/events` };
  }
  return app;
}

function socketReceiver(slack: Slack, reconnectMs: number): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken: slack.app().appToken,
    clientPingTimeout: reconnectMs,
    logger: quiet,
    installerOptions: { clientOptions: clientOptions(slack) },
  });
}

function httpReceiver(slack: Slack): HTTPReceiver {
  return new HTTPReceiver({ signingSecret: slack.app().signingSecret, logger: quiet });
}
