// A view: checked as Slack checks it, kept with ids and a hash, and written as answers and payloads show it.

import { checkBlocks } from '../blocks/check.ts';
import { LIMITS } from '../blocks/limits.ts';
import type { Peer } from '../peer.ts';
import type { Install, Json, View } from '../world/types.ts';
import { acceptBlocks } from './content.ts';
import { withMessages } from './errors.ts';

/** Throws `invalid_arguments` with what is wrong where; else the view with ids on its blocks. */
export function acceptView(peer: Peer, view: Json, kind: 'modal' | 'home'): View['body'] {
  const wrong: string[] = [];
  const blocks = Array.isArray(view.blocks) ? (view.blocks as Json[]) : undefined;
  if (view.type !== kind) wrong.push(`[ERROR] must be a view of type "${kind}" [json-pointer:/view/type]`);
  if (!blocks) wrong.push('[ERROR] missing required field: blocks [json-pointer:/view]');
  if (kind === 'modal') wrong.push(...checkModal(view, blocks ?? []));
  const tooLong = (name: string, most: number) => typeof view[name] === 'string' && view[name].length > most;
  if (tooLong('private_metadata', LIMITS.view.privateMetadata)) {
    wrong.push(
      `[ERROR] must be less than ${LIMITS.view.privateMetadata + 1} characters [json-pointer:/view/private_metadata]`,
    );
  }
  if (tooLong('callback_id', LIMITS.view.callbackId)) {
    wrong.push(`[ERROR] must be less than ${LIMITS.view.callbackId + 1} characters [json-pointer:/view/callback_id]`);
  }
  const fileReady = () => true;
  for (const each of checkBlocks(blocks ?? [], { surface: 'view', charts: false, fileReady })) {
    wrong.push(each.replace('[json-pointer:/blocks', '[json-pointer:/view/blocks'));
  }
  if (wrong.length > 0) throw withMessages('invalid_arguments', wrong);
  return { ...view, blocks: acceptBlocks(peer, blocks ?? [], 'view') };
}

function checkModal(view: Json, blocks: Json[]): string[] {
  const wrong: string[] = [];
  const plain = (name: 'title' | 'submit' | 'close', most: number, required: boolean) => {
    const object = view[name] as { type?: string; text?: string } | undefined;
    if (object === undefined) {
      if (required) wrong.push(`[ERROR] missing required field: ${name} [json-pointer:/view]`);
      return;
    }
    if (object.type !== 'plain_text' || typeof object.text !== 'string' || object.text === '') {
      wrong.push(`[ERROR] must be plain text with at least 1 character [json-pointer:/view/${name}]`);
    } else if (object.text.length > most) {
      wrong.push(`[ERROR] must be less than ${most + 1} characters [json-pointer:/view/${name}/text]`);
    }
  };
  plain('title', LIMITS.view.title, true);
  plain(
    'submit',
    LIMITS.view.button,
    blocks.some((each) => each.type === 'input'),
  );
  plain('close', LIMITS.view.button, false);
  return wrong;
}

export function showView(peer: Peer, install: Install, user: string, body: View['body'], previous?: View): View {
  const id = peer.world.ids.next('V');
  const view: View = {
    id,
    team: install.team,
    app: install.app,
    user,
    kind: body.type === 'home' ? 'home' : 'modal',
    body,
    hash: `${Date.now()}.${peer.world.ids.secret()}`,
    root: previous?.root ?? id,
    open: true,
    ...(previous && { previous: previous.id }),
  };
  peer.world.views.set(id, view);
  peer.journal.changed();
  return view;
}

export function replaceView(peer: Peer, view: View, body: View['body']): void {
  view.body = body;
  view.hash = `${Date.now()}.${peer.world.ids.secret()}`;
  peer.journal.changed();
}

/** @param values state by block and action, as a person filled it in. */
export function viewShape(peer: Peer, view: View, values: Json = {}): Json {
  const install = peer.world.installs.find((each) => each.app === view.app && each.team === view.team);
  return {
    id: view.id,
    team_id: view.team,
    private_metadata: '',
    callback_id: '',
    external_id: '',
    title: null,
    close: null,
    submit: null,
    clear_on_close: false,
    notify_on_close: false,
    ...view.body,
    state: { values },
    hash: view.hash,
    root_view_id: view.root,
    previous_view_id: view.previous ?? null,
    app_id: view.app,
    app_installed_team_id: view.team,
    bot_id: install?.botId,
  };
}
