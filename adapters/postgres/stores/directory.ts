// A platform's sender in a conversation -> a principal, or null for somebody unknown. What a principal may see follows from
// the conversation and from DATA_VISIBILITY, never from what somebody wrote.

import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { ConversationId, Sender } from '#src/chat/event.ts';
import type { Directory, Principal, Role } from '#src/ports.ts';

export interface DirectoryOptions {
  /** The product's login, pinned to `clientId`. */
  pool: pg.Pool;
  clientId: string;
  visibility: 'own' | 'space' | 'client';
  /** Whether a conversation is one person's own: a direct message, the web, the console. */
  isDirect: (conversation: ConversationId) => boolean;
}

export function makeDirectory({ pool, clientId, visibility, isDirect }: DirectoryOptions): Directory {
  return {
    async principal(sender, conversation) {
      const user = await findUser(pool, clientId, sender);
      if (!user) return null;
      const direct = isDirect(conversation);
      // Each person's direct conversation is a space of their own.
      const spaceId = await spaceOf(pool, clientId, direct ? `${conversation}#${user.id}` : conversation);
      await pool.query(
        'INSERT INTO app.space_members (space_id, user_id, client_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [spaceId, user.id, clientId],
      );
      const mode: Principal['mode'] = visibility === 'space' ? (direct ? 'direct' : 'space') : visibility;
      return { clientId, userId: user.id, email: user.email, role: user.role, spaceId, mode };
    },
    async addUser({ email, role }) {
      const { rows } = await pool.query<{ id: string; created: boolean }>(
        `INSERT INTO app.users (id, client_id, email, role) VALUES ($1, $2, lower($3), $4)
         ON CONFLICT (client_id, email) DO UPDATE SET role = excluded.role, active = true
         RETURNING id, xmax = 0 AS created`,
        [randomUUID(), clientId, email.trim(), role],
      );
      const [user] = rows;
      if (!user) throw new Error('the user was not stored');
      return user;
    },
    async users() {
      const { rows } = await pool.query<{ id: string; email: string; role: Role; active: boolean }>(
        'SELECT id, email, role, active FROM app.users WHERE client_id = $1 ORDER BY email',
        [clientId],
      );
      return rows;
    },
    async deactivate(email) {
      const { rowCount } = await pool.query(
        'UPDATE app.users SET active = false WHERE client_id = $1 AND email = lower($2) AND active',
        [clientId, email.trim()],
      );
      return rowCount === 1;
    },
  };
}

interface User {
  id: string;
  email: string;
  role: Role;
}

async function findUser(pool: pg.Pool, clientId: string, sender: Sender): Promise<User | null> {
  const { rows } = await pool.query<User>(
    `SELECT u.id, u.email, u.role FROM app.users u
     WHERE u.client_id = $1 AND u.active
       AND (u.email = lower($2) OR u.id IN (SELECT i.user_id FROM app.identities i WHERE i.client_id = $1 AND i.platform = $3 AND i.platform_user_id = $4))
     ORDER BY u.email = lower($2) DESC LIMIT 1`,
    [clientId, sender.email, sender.platform, sender.id],
  );
  return rows[0] ?? null;
}

async function spaceOf(pool: pg.Pool, clientId: string, conversation: string): Promise<string> {
  const find = 'SELECT id FROM app.spaces WHERE client_id = $1 AND conversation = $2';
  const known = await pool.query<{ id: string }>(find, [clientId, conversation]);
  if (known.rows[0]) return known.rows[0].id;
  const name = conversation.replace(/^[^:]*:/, '');
  await pool.query(
    'INSERT INTO app.spaces (id, client_id, conversation, name) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [randomUUID(), clientId, conversation, name],
  );
  const made = await pool.query<{ id: string }>(find, [clientId, conversation]);
  const [space] = made.rows;
  if (!space) throw new Error('the conversation was not stored');
  return space.id;
}
