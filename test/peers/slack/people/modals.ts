// People in modals and on the Home tab: filling in and submitting, closing, opening the tab.

import type { Delivery } from '../delivery/delivery.ts';
import { announce } from '../events/announce.ts';
import type { Peer } from '../peer.ts';
import { acceptView, replaceView, showView, viewShape } from '../web/view.ts';
import type { Json, View } from '../world/types.ts';
import { directChannel, userOf } from '../world/world.ts';
import { elementsIn, initialOf, stateOf } from './elements.ts';
import { actor, basePayload, newTrigger } from './payloads.ts';

export interface Submitted {
  delivery: Delivery;
  /** By block, when the app refused what was filled in. */
  errors?: Record<string, string>;
  /** What is shown now: the same view after errors, an updated or a pushed one; none when it closed. */
  view?: View;
}

export interface Modals {
  /** The modal on top that this person has open, if any. */
  modalOf(user: string): View | undefined;
  homeOf(user: string): View | undefined;
  /** @param values by action id or block id: text, label or value of an option, or several. */
  submit(view: View, values?: Record<string, string | string[]>): Promise<Submitted>;
  close(view: View): Promise<Delivery | undefined>;
  openHome(user: string, tab?: 'home' | 'messages', app?: string): Promise<Delivery[]>;
}

export function makeModals(peer: Peer): Modals {
  const { world } = peer;
  const viewsOf = (user: string, kind: View['kind']) =>
    [...world.views.values()].filter((each) => each.open && each.kind === kind && each.user === userOf(world, user).id);
  return {
    modalOf: (user) => viewsOf(user, 'modal').at(-1),
    homeOf: (user) => viewsOf(user, 'home').at(-1),
    submit: (view, values = {}) => submit(peer, view, values),
    close: async (view) => {
      view.open = false;
      peer.journal.changed();
      if (view.body.notify_on_close !== true) return undefined;
      return send(peer, view, 'view_closed', { view: viewShape(peer, view), is_cleared: false });
    },
    openHome: (name, tab = 'home', app) => {
      const { user, install } = actor(peer, userOf(world, name), app);
      const channel = directChannel(world, install.team, [user.id, install.botUser]);
      const view = viewsOf(name, 'home').at(-1);
      const event = {
        type: 'app_home_opened',
        user: user.id,
        channel: channel.id,
        tab,
        ...(view && tab === 'home' && { view: viewShape(peer, view) }),
      };
      return announce(peer, event, { team: install.team, only: install });
    },
  };
}

async function submit(peer: Peer, view: View, values: Record<string, string | string[]>): Promise<Submitted> {
  if (!view.open) throw new Error('The view is closed.');
  const more = { view: viewShape(peer, view, filledIn(view, values)), response_urls: [] };
  const delivery = await send(peer, view, 'view_submission', more);
  if (delivery.outcome !== 'acked') return { delivery, view };
  const answer = (delivery.answer ?? {}) as { response_action?: string; errors?: Record<string, string>; view?: Json };
  const install = peer.world.installs.find((each) => each.app === view.app && each.team === view.team);
  switch (answer.response_action) {
    case 'errors':
      return { delivery, view, errors: answer.errors ?? {} };
    case 'update':
      replaceView(peer, view, acceptView(peer, answer.view ?? {}, 'modal'));
      return { delivery, view };
    case 'push': {
      if (!install) throw new Error('The app of this view is gone.');
      const body = acceptView(peer, answer.view ?? {}, 'modal');
      return { delivery, view: showView(peer, install, view.user, body, view) };
    }
    case 'clear':
      for (const each of peer.world.views.values()) if (each.root === view.root) each.open = false;
      break;
    default:
      view.open = false;
  }
  peer.journal.changed();
  const below = view.previous === undefined ? undefined : peer.world.views.get(view.previous);
  return below?.open ? { delivery, view: below } : { delivery };
}

/** `state.values`. Throws when a needed input is left empty, which Slack's own window would not send. */
function filledIn(view: View, values: Record<string, string | string[]>): Json {
  const state: Record<string, Json> = {};
  for (const { block, element } of elementsIn(view.body.blocks)) {
    if (element.type === 'button') continue;
    const given = values[String(element.action_id)] ?? values[String(block.block_id)] ?? initialOf(element);
    if (given === undefined && block.type === 'input' && block.optional !== true) {
      throw new Error(`The input ${element.action_id} of the view is needed.`);
    }
    const place = state[String(block.block_id)] ?? {};
    const empty = { type: element.type, value: null };
    place[String(element.action_id)] = given === undefined ? empty : stateOf(element, given);
    state[String(block.block_id)] = place;
  }
  return state;
}

function send(peer: Peer, view: View, type: string, more: Json): Promise<Delivery> {
  const who = actor(peer, userOf(peer.world, view.user), view.app);
  const payload = { type, ...basePayload(who), trigger_id: newTrigger(who), ...more };
  const id = peer.world.ids.next('Ix');
  return peer.deliveries.send(who.app, { id, kind: 'interactive', type, team: view.team, payload });
}
