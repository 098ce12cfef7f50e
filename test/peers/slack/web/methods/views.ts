// views.open, push, update and publish: modals behind a trigger of 3 seconds, and Home tabs.

import type { Peer } from '../../peer.ts';
import type { Json, View } from '../../world/types.ts';
import { type Call, type Method, object, text } from '../call.ts';
import { SlackError } from '../errors.ts';
import { acceptView, replaceView, showView, viewShape } from '../view.ts';

const MOST_PUSHED = 3;

export const viewMethods: Record<string, Method> = {
  'views.open': {
    run: (call, peer) => {
      const trigger = useTrigger(call, peer);
      const body = acceptView(peer, viewArgument(call), 'modal');
      return { view: viewShape(peer, showView(peer, call.install, trigger.user, body)) };
    },
  },
  'views.push': {
    run: (call, peer) => {
      const trigger = useTrigger(call, peer);
      const body = acceptView(peer, viewArgument(call), 'modal');
      const open = [...peer.world.views.values()].filter(
        (each) => each.open && each.kind === 'modal' && each.user === trigger.user && each.app === call.app.id,
      );
      const top = open.at(-1);
      if (!top) throw new SlackError('not_found');
      if (open.filter((each) => each.root === top.root).length >= MOST_PUSHED)
        throw new SlackError('push_limit_reached');
      return { view: viewShape(peer, showView(peer, call.install, trigger.user, body, top)) };
    },
  },
  'views.update': {
    run: (call, peer) => {
      const id = text(call, 'view_id');
      const external = text(call, 'external_id');
      const found = [...peer.world.views.values()].find(
        (each) => each.app === call.app.id && (each.id === id || (external && each.body.external_id === external)),
      );
      if (!found?.open) throw new SlackError('not_found');
      checkHash(call, found);
      replaceView(peer, found, acceptView(peer, viewArgument(call), found.kind));
      return { view: viewShape(peer, found) };
    },
  },
  'views.publish': {
    run: (call, peer) => {
      const user = peer.world.users.get(text(call, 'user_id') ?? '');
      if (!user) throw new SlackError('invalid_arguments');
      const body = acceptView(peer, viewArgument(call), 'home');
      const known = [...peer.world.views.values()].find(
        (each) => each.kind === 'home' && each.user === user.id && each.app === call.app.id,
      );
      if (!known) return { view: viewShape(peer, showView(peer, call.install, user.id, body)) };
      checkHash(call, known);
      replaceView(peer, known, body);
      return { view: viewShape(peer, known) };
    },
  },
};

function viewArgument(call: Call): Json {
  const view = object(call, 'view', 'invalid_arguments');
  if (!view) throw new SlackError('invalid_arguments');
  return view;
}

function checkHash(call: Call, view: View): void {
  const hash = text(call, 'hash');
  if (hash !== undefined && hash !== view.hash) throw new SlackError('hash_conflict');
}

function useTrigger(call: Call, peer: Peer) {
  const trigger = peer.triggers.get(text(call, 'trigger_id') ?? '');
  if (!trigger) throw new SlackError('invalid_trigger_id');
  if (trigger.due < peer.clock.now()) throw new SlackError('expired_trigger_id');
  if (trigger.used) throw new SlackError('exchanged_trigger_id');
  trigger.used = true;
  return trigger;
}
