// What a post says: text, blocks, attachments and metadata of a call, checked as Slack checks them.

import { checkBlocks } from '../blocks/check.ts';
import { LIMITS } from '../blocks/limits.ts';
import type { Peer } from '../peer.ts';
import type { Json } from '../world/types.ts';
import { type Call, list, object, text } from './call.ts';
import { SlackError, withMessages } from './errors.ts';

export interface Content {
  text: string;
  blocks?: Json[];
  attachments?: Json[];
  metadata?: Json;
}

/** @param longest characters of `text` before `msg_too_long`; without it the text is cut where Slack cuts it. */
export function contentOf(call: Call, peer: Peer, longest?: number): Content {
  const markdown = text(call, 'markdown_text');
  let blocks = list(call, 'blocks', 'invalid_blocks_format');
  const attachments = list(call, 'attachments', 'invalid_attachments');
  let said = text(call, 'text') ?? '';
  if (longest !== undefined && [...said].length > longest) throw new SlackError('msg_too_long');
  said = [...said].slice(0, LIMITS.messageText).join('');
  if (markdown !== undefined && markdown !== '') {
    if (blocks || said !== '') throw new SlackError('markdown_text_conflict');
    if (markdown.length > LIMITS.markdown) throw new SlackError('msg_too_long');
    blocks = [{ type: 'markdown', text: markdown }];
    said = markdown;
  }
  if (blocks?.length) blocks = acceptBlocks(peer, blocks);
  else blocks = undefined;
  const metadata = metadataOf(call);
  return {
    text: said,
    ...(blocks && { blocks }),
    ...(attachments?.length && { attachments: attachments.map((each, at) => ({ id: at + 1, ...each })) }),
    ...(metadata && { metadata }),
  };
}

/** Throws `invalid_blocks`; else the blocks with the ids that Slack gives to those without. */
export function acceptBlocks(peer: Peer, blocks: readonly Json[], surface: 'message' | 'view' = 'message'): Json[] {
  const wrong = checkBlocks(blocks, {
    surface,
    charts: peer.switches.charts,
    fileReady: (id) => {
      const file = peer.world.files.get(id);
      return file !== undefined && !file.deleted && file.complete && file.readyAt <= peer.clock.now();
    },
  });
  if (wrong.length > 0) throw withMessages('invalid_blocks', wrong);
  return blocks.map((block) => withIds(peer, block));
}

function withIds(peer: Peer, block: Json): Json {
  const id = block.block_id === undefined || block.block_id === '' ? peer.world.ids.secret() : block.block_id;
  const identified = (element: unknown): unknown => {
    if (typeof element !== 'object' || element === null) return element;
    const known = element as Json;
    const interactive = /button|select|picker|overflow|checkboxes|input/.test(String(known.type));
    return interactive && !known.action_id ? { ...known, action_id: peer.world.ids.secret() } : known;
  };
  return {
    ...block,
    block_id: id,
    ...(Array.isArray(block.elements) && { elements: block.elements.map(identified) }),
    ...(block.accessory !== undefined && { accessory: identified(block.accessory) }),
    ...(block.element !== undefined && { element: identified(block.element) }),
  };
}

function metadataOf(call: Call): Json | undefined {
  const metadata = object(call, 'metadata', 'invalid_metadata_format');
  if (!metadata) return undefined;
  const payload = metadata.event_payload;
  if (typeof metadata.event_type !== 'string' || typeof payload !== 'object' || payload === null) {
    throw new SlackError('invalid_metadata_format');
  }
  return metadata;
}
