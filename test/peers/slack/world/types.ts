// What a workspace consists of, as this peer keeps it. The shapes that go over the wire are made from these in shapes.ts.

/** A JSON object as it goes over the wire. */
export type Json = Record<string, unknown>;

export interface Team {
  id: string;
  name: string;
  domain: string;
  enterpriseId?: string;
}

export type UserKind = 'member' | 'guest' | 'single-channel guest' | 'bot';

export interface User {
  id: string;
  team: string;
  name: string;
  realName: string;
  kind: UserKind;
  /** None: the person shows no address, whatever the scopes. */
  email?: string;
  deleted: boolean;
  admin: boolean;
  locale: string;
  timeZone: string;
  /** Set for bots only. */
  bot?: { id: string; app: string };
}

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export interface Channel {
  id: string;
  team: string;
  name: string;
  kind: ChannelKind;
  members: Set<string>;
  archived: boolean;
  /** Other teams that this channel is shared with (Slack Connect). */
  sharedWith: string[];
  creator: string;
  topic: string;
}

export interface Message {
  channel: string;
  ts: string;
  user: string;
  text: string;
  /** The app that posted it by the Web API. */
  app?: string;
  subtype?: string;
  threadTs?: string;
  blocks?: Json[];
  attachments?: Json[];
  files: string[];
  metadata?: Json;
  edited?: { user: string; ts: string };
  reactions: { name: string; users: string[] }[];
  /** Only this person sees it. */
  onlyFor?: string;
  streaming?: 'in_progress' | 'completed';
  /** Removed, but still shown because others answered below it. */
  tombstone?: boolean;
}

export type FileMode = 'hosted' | 'snippet' | 'file_access' | 'tombstone' | 'hidden_by_limit' | 'external';

export interface StoredFile {
  id: string;
  team: string;
  user: string;
  name: string;
  title: string;
  mimetype: string;
  bytes: Buffer;
  /** What is said of its size, where that is not the truth. */
  claimedSize?: number;
  /** What a message says of it; `file_access` is the stub that `files.info` resolves. */
  mode: FileMode;
  created: number;
  /** When the clock reaches this, `slack_file` may name it. */
  readyAt: number;
  shares: { channel: string; ts: string; threadTs?: string }[];
  deleted: boolean;
  /** Bytes are there and the upload is completed. */
  complete: boolean;
  altText?: string;
}

export type DeliveryRoute =
  | { mode: 'socket' }
  /** `interactivityUrl` and `commandsUrl` default to `url`. */
  | { mode: 'http'; url: string; interactivityUrl?: string; commandsUrl?: string };

export interface App {
  id: string;
  name: string;
  clientId: string;
  clientSecret: string;
  signingSecret: string;
  verificationToken: string;
  appToken: string;
  route: DeliveryRoute;
  /** Names as in the manifest: `app_mention`, `message.channels`, `file_shared`, … */
  events: Set<string>;
  /** What an installation by OAuth asks for unless the link says otherwise. */
  scopes: string[];
  tokenRotation: boolean;
  /** Where OAuth returns to when the link does not say. */
  redirectUrl?: string;
}

export interface Install {
  app: string;
  team: string;
  botUser: string;
  botId: string;
  botToken: string;
  refreshToken?: string;
  scopes: Set<string>;
  /** `revoked`: every call says so. `removed`: the app is gone from the team. */
  state: 'active' | 'revoked' | 'removed';
}

export interface View {
  id: string;
  team: string;
  app: string;
  user: string;
  kind: 'modal' | 'home';
  body: Json & { blocks: Json[] };
  hash: string;
  root: string;
  previous?: string;
  open: boolean;
}
