// The terminal as a place where people talk: prints what is posted, keeps attachments as files, reads dropped files.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Action, Message } from '#src/message/message.ts';
import type { Chat } from '#src/ports.ts';
import { type ConsoleStyle, renderConsole } from './render.ts';

export { type Command, help, type Parsed, parseCommand } from './args.ts';
export { chatLoop } from './loop.ts';
export { files, keepFile, makeOutput, type Output, readInput } from './output.ts';
export { withProgress } from './progress.ts';
export { consoleStyle, renderConsole } from './render.ts';

export interface ConsoleChat extends Chat {
  /** The choices of the last message that offered any, in the order of their numbers. */
  offered(): Action[];
}

export function makeConsoleChat(place: {
  write: (text: string) => void;
  outDir: string;
  width: number;
  color: boolean;
  images?: ConsoleStyle['images'];
}): ConsoleChat {
  let posts = 0;
  let offered: Action[] = [];
  const taken = new Set<string>();
  const print = async (message: Message) => {
    const paths = new Map<string, string>();
    for (const attachment of message.attachments ?? []) {
      const path = join(place.outDir, freeName(attachment.name, taken));
      await mkdir(place.outDir, { recursive: true });
      await writeFile(path, attachment.data);
      paths.set(attachment.name, path);
    }
    const actions = message.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
    if (actions.length > 0) offered = actions;
    place.write(
      `${renderConsole(message, { width: place.width, color: place.color, images: place.images ?? 'none', paths })}\n\n`,
    );
  };
  return {
    async post(_conversation, message) {
      posts += 1;
      const ref = String(posts);
      await print(message);
      return { ref };
    },
    async update(_conversation, _ref, message) {
      if (!message.passing) await print(message);
    },
    async download(file) {
      return new Uint8Array(await readFile(file.handle));
    },
    offered: () => offered,
  };
}

/** A name from a message is data: only its last part counts, and nothing is written over. */
function freeName(name: string, taken: Set<string>): string {
  const safe =
    basename(name.replaceAll('\\', '/'))
      .replace(/[^\p{L}\p{N}._ -]/gu, '_')
      .replace(/^\.+/, '') || 'attachment';
  const extension = extname(safe);
  let free = safe;
  for (let count = 2; taken.has(free); count += 1)
    free = `${safe.slice(0, safe.length - extension.length)}-${count}${extension}`;
  taken.add(free);
  return free;
}
