// What can happen in a place where people talk, on any platform.

/** Opaque, with the platform's prefix (`console:...`, `slack:...`); only its adapter may encode or decode it. */
export type ConversationId = string & { readonly __conversation: true };

export interface Sender {
  platform: 'console' | 'web' | 'slack' | 'teams';
  /** The platform's own id of the person. */
  id: string;
  /** Verified by the platform, else null. */
  email: string | null;
  displayName: string | null;
}

/** A file that the platform holds; `handle` is opaque to everybody but its adapter. */
export interface FileRef {
  name: string;
  size: number | null;
  handle: string;
}

interface EventBase {
  /** The platform's id of this event, for doing it once. */
  id: string;
  sender: Sender;
  conversation: ConversationId;
  /** The message that the reply belongs under; null in a flat conversation. */
  thread: string | null;
}

export interface FileShared extends EventBase {
  kind: 'file-shared';
  files: FileRef[];
  text: string;
}
export interface MessageReceived extends EventBase {
  kind: 'message-received';
  text: string;
}
export interface ActionPressed extends EventBase {
  kind: 'action-pressed';
  actionId: string;
  value: string;
}
export interface MemberChanged extends EventBase {
  kind: 'member-changed';
  change: 'joined' | 'left';
}

export type ChatEvent = FileShared | MessageReceived | ActionPressed | MemberChanged;
