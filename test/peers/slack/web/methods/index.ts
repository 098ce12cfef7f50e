// Every method this peer answers, by name.

import type { Method } from '../call.ts';
import { assistantMethods } from './assistant.ts';
import { authMethods } from './auth.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { historyMethods } from './history.ts';
import { oauthMethods } from './oauth.ts';
import { streamMethods } from './stream.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

export const methods: Record<string, Method> = {
  ...assistantMethods,
  ...authMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...historyMethods,
  ...oauthMethods,
  ...streamMethods,
  ...userMethods,
  ...viewMethods,
};
