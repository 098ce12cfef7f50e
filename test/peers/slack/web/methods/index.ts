// Every method this peer answers, by name.

import type { Method } from '../call.ts';
import { authMethods } from './auth.ts';
import { chatMethods } from './chat.ts';

export const methods: Record<string, Method> = { ...authMethods, ...chatMethods };
