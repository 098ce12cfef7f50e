// Lines typed in the terminal -> chat events: a number chooses among the offered actions, a path to existing files
// shares them, everything else is said. Ends with /quit, Ctrl-C or Ctrl-D; lines are handled one after the other.

import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import type { ChatEvent, ConversationId, Sender } from '#src/chat/event.ts';
import type { Action } from '#src/message/message.ts';
import { splitPaths, wholePath } from './paths.ts';

export interface ChatLoop {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  onEvent: (event: ChatEvent) => Promise<void>;
  sender: Sender;
  conversation: ConversationId;
  /** What a number may choose. */
  offered?: () => Action[];
  prompt?: string;
}

const helpText = `Ask a question, or drop a workbook here (its path, quoted or not).
A number chooses among the offered actions. /help shows this, /quit ends.
`;

/** Resolves when the person has left and the last line has been handled. */
export async function chatLoop(loop: ChatLoop): Promise<void> {
  const lines = createInterface({
    input: loop.input,
    output: loop.output,
    prompt: loop.prompt ?? '> ',
    terminal: (loop.output as { isTTY?: boolean }).isTTY === true,
  });
  lines.on('SIGINT', () => lines.close());
  // Input from a pipe ends before its last lines have been dealt with.
  let open = true;
  lines.on('close', () => {
    open = false;
  });
  let count = 0;
  lines.prompt();
  for await (const typed of lines) {
    const line = typed.trim();
    if (line === '/quit' || line === '/exit') break;
    if (line === '/help') loop.output.write(helpText);
    else if (line !== '') {
      count += 1;
      await loop.onEvent(toEvent(line, `console-${count}`, loop));
    }
    if (open) lines.prompt();
  }
  lines.close();
}

function toEvent(line: string, id: string, loop: ChatLoop): ChatEvent {
  const base = { id, sender: loop.sender, conversation: loop.conversation, thread: null };
  const action = /^\[?(\d{1,2})[\].]?$/.exec(line)?.[1];
  const chosen = action === undefined ? undefined : loop.offered?.()[Number(action) - 1];
  if (chosen) return { ...base, kind: 'action-pressed', actionId: chosen.id, value: chosen.value };
  const files = existing([wholePath(line)]) ?? existing(splitPaths(line));
  if (!files) return { ...base, kind: 'message-received', text: line };
  return {
    ...base,
    kind: 'file-shared',
    text: '',
    files: files.map(({ path, size }) => ({ name: basename(path), size, handle: path })),
  };
}

/** null unless every path is a file that is there. */
function existing(paths: string[]): { path: string; size: number }[] | null {
  const found: { path: string; size: number }[] = [];
  for (const path of paths) {
    try {
      const stat = statSync(path);
      if (!stat.isFile()) return null;
      found.push({ path, size: stat.size });
    } catch {
      // Not there, too long for a name, or not readable: then it is something that was said.
      return null;
    }
  }
  return found.length > 0 ? found : null;
}
