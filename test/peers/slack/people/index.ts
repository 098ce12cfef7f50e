// All that people do, in one object.

import type { Peer } from '../peer.ts';
import { type Life, makeLife } from './life.ts';
import { type Modals, makeModals } from './modals.ts';
import { makePress, type Press } from './press.ts';
import { makeShare, type Share } from './share.ts';
import { makeTalk, type Talk } from './talk.ts';

export type People = Talk & Share & Press & Modals & Life;

export function makePeople(peer: Peer): People {
  const talk = makeTalk(peer);
  return { ...talk, ...makeShare(peer, talk), ...makePress(peer), ...makeModals(peer), ...makeLife(peer) };
}
