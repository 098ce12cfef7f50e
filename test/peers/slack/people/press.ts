// People who press buttons, use commands and shortcuts: one payload each, and what the app answers is done.

import type { Delivery } from '../delivery/delivery.ts';
import type { Peer } from '../peer.ts';
import { viewShape } from '../web/view.ts';
import { messageShape } from '../world/shapes.ts';
import type { Json, Message, View } from '../world/types.ts';
import { channelOf, placeFor, userOf } from '../world/world.ts';
import { actionOf, findElement } from './elements.ts';
import { actor, basePayload, nameFor, newResponseUrl, newTrigger } from './payloads.ts';
import { respond } from './respond.ts';

export interface Press {
  /**
   * Presses a button, or chooses in a select, of a message or view.
   * @param idOrLabel action id, or what is written on it
   * @param choice where the element offers several: label or value of the one
   */
  press(user: string, target: Message | View, idOrLabel: string, choice?: string): Promise<Delivery>;
  /** `/command` with text; what the app acknowledges with becomes a message, as in Slack. */
  slash(user: string, channel: string, command: string, text?: string, app?: string): Promise<Delivery>;
  /** A global shortcut, or one on a message. */
  shortcut(user: string, callbackId: string, message?: Message, app?: string): Promise<Delivery>;
}

export function makePress(peer: Peer): Press {
  const { world, deliveries } = peer;
  const id = () => world.ids.next('Ix');
  return {
    press: (name, target, idOrLabel, choice) => {
      const user = userOf(world, name);
      const isView = 'root' in target;
      const blocks = isView ? target.body.blocks : (target.blocks ?? []);
      const found = findElement(blocks, idOrLabel);
      if (!found) throw new Error(`There is nothing to press that is called ${idOrLabel}.`);
      const who = actor(peer, user, target.app);
      const action = actionOf(found, choice ?? idOrLabel, world.ids.ts());
      const place = isView ? {} : placeOf(peer, target);
      const payload = {
        type: 'block_actions',
        ...basePayload(who),
        container: isView ? { type: 'view', view_id: target.id } : containerOf(target),
        trigger_id: newTrigger(who),
        ...place,
        ...(isView ? { view: viewShape(peer, target) } : {}),
        state: { values: {} },
        ...(!isView && { response_url: newResponseUrl(who, target.channel, target.ts) }),
        actions: [action],
      };
      return deliveries.send(who.app, {
        id: id(),
        kind: 'interactive',
        type: 'block_actions',
        team: who.install.team,
        payload,
      });
    },
    slash: async (name, channel, command, text = '', app) => {
      const who = actor(peer, userOf(world, name), app);
      const place = placeFor(world, who.user, channel);
      const responseUrl = newResponseUrl(who, place.id);
      const payload = {
        token: who.app.verificationToken,
        team_id: who.install.team,
        team_domain: world.teams.get(who.install.team)?.domain,
        channel_id: place.id,
        channel_name: nameFor(place),
        user_id: who.user.id,
        user_name: who.user.name,
        command,
        text,
        api_app_id: who.app.id,
        is_enterprise_install: 'false',
        response_url: responseUrl,
        trigger_id: newTrigger(who),
      };
      const fresh = { id: id(), kind: 'slash_commands', type: command, team: who.install.team, payload } as const;
      const delivery = await deliveries.send(who.app, fresh);
      const address = { channel: place.id, user: who.user.id, app: who.app.id };
      if (delivery.outcome === 'given up') {
        const why = delivery.attempts[0]?.outcome === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
        respond(peer, address, { text: `${command} failed with the error "${why}"` });
      } else {
        const answer = typeof delivery.answer === 'string' ? { text: delivery.answer } : (delivery.answer as Json);
        if (answer && (answer.text || answer.blocks)) respond(peer, address, answer);
      }
      return delivery;
    },
    shortcut: (name, callbackId, message, app) => {
      const who = actor(peer, userOf(world, name), app);
      const type = message ? 'message_action' : 'shortcut';
      const payload = {
        type,
        ...basePayload(who),
        callback_id: callbackId,
        trigger_id: newTrigger(who),
        action_ts: world.ids.ts(),
        ...(message && {
          ...placeOf(peer, message),
          message_ts: message.ts,
          response_url: newResponseUrl(who, message.channel, message.ts),
        }),
      };
      return deliveries.send(who.app, { id: id(), kind: 'interactive', type, team: who.install.team, payload });
    },
  };
}

function placeOf(peer: Peer, message: Message): Json {
  const channel = channelOf(peer.world, message.channel);
  return {
    channel: { id: channel.id, name: nameFor(channel) },
    // Slack does not send the content of a message that only one person sees.
    ...(message.onlyFor === undefined && { message: messageShape(peer.world, peer.base(), message) }),
  };
}

function containerOf(message: Message): Json {
  return {
    type: 'message',
    message_ts: message.ts,
    channel_id: message.channel,
    is_ephemeral: message.onlyFor !== undefined,
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
  };
}
