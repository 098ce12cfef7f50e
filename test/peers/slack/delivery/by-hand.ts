// What Slack sends outside the ordinary way: an event a second time, the challenge of a new address, the check of TLS.

import type { Peer } from '../peer.ts';
import type { App } from '../world/types.ts';
import type { Delivery } from './delivery.ts';
import { signedHeaders } from './http.ts';

export interface ByHand {
  /** The same event or interaction once more, with the same id: a replay. */
  redeliver(delivery: Delivery): Promise<Delivery>;
  /** What the address answers to `url_verification`; it has to echo the challenge. */
  verifyUrl(app?: App): Promise<{ status: number; body: string; challenge: string }>;
  /** The unsigned `ssl_check=1` post that has to be answered and not processed. */
  sslCheck(app?: App): Promise<number>;
}

export function makeByHand(peer: Peer): ByHand {
  const urlOf = (app: App | undefined) => {
    const found = app ?? [...peer.world.apps.values()][0];
    if (found?.route.mode !== 'http') throw new Error('The app is not reached by HTTP.');
    return { app: found, url: found.route.url };
  };
  return {
    redeliver: ({ id, kind, type, team, payload, ...rest }) => {
      const app = peer.world.apps.get(rest.app);
      if (!app) throw new Error(`The local Slack has no app ${rest.app}.`);
      return peer.deliveries.send(app, { id, kind, type, team, payload });
    },
    verifyUrl: async (given) => {
      const { app, url } = urlOf(given);
      const challenge = peer.world.ids.secret();
      const body = JSON.stringify({ token: app.verificationToken, challenge, type: 'url_verification' });
      const headers = signedHeaders(app, body, 'application/json');
      const response = await fetch(url, { method: 'POST', headers, body });
      return { status: response.status, body: await response.text(), challenge };
    },
    sslCheck: async (given) => {
      const { app, url } = urlOf(given);
      const body = new URLSearchParams({ ssl_check: '1', token: app.verificationToken });
      return (await fetch(url, { method: 'POST', body })).status;
    },
  };
}
