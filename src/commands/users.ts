// The people who may use this deployment.

import { AppError } from '../errors.ts';
import type { Ports, Principal, Role } from '../ports.ts';
import type { Reply } from './ingest.ts';

type UserPorts = Pick<Ports, 'directory' | 'audit'>;

export async function userAdd(ports: UserPorts, by: Principal, user: { email: string; role: Role }): Promise<Reply> {
  mustBeAdmin(by);
  const { id, created } = await ports.directory.addUser(user);
  await ports.audit.security({ principal: by, kind: 'user-added', details: { userId: id, role: user.role } });
  return said(
    { id, ...user, created },
    `${user.email} is ${created ? 'now' : 'again'} a user, with the role ${user.role}.`,
  );
}

export async function userList(ports: UserPorts, by: Principal): Promise<Reply> {
  mustBeAdmin(by);
  const users = await ports.directory.users();
  return {
    document: users,
    message: {
      title: 'Users',
      blocks: [
        {
          kind: 'table',
          columns: [
            { key: 'email', label: 'E-mail', kind: 'text' },
            { key: 'role', label: 'Role', kind: 'text' },
            { key: 'active', label: 'Active', kind: 'text' },
          ],
          rows: users.map(({ email, role, active }) => ({ email, role, active: active ? 'yes' : 'no' })),
        },
      ],
    },
    failed: false,
  };
}

export async function userDeactivate(ports: UserPorts, by: Principal, email: string): Promise<Reply> {
  mustBeAdmin(by);
  const done = await ports.directory.deactivate(email);
  if (done) await ports.audit.security({ principal: by, kind: 'user-deactivated', details: { email } });
  return {
    ...said({ email, deactivated: done }, done ? `${email} is deactivated.` : `There is no active user ${email}.`),
    failed: !done,
  };
}

function mustBeAdmin(by: Principal): void {
  if (by.role !== 'admin') throw new AppError('ACCESS_ROLE', { role: by.role, needed: 'admin' });
}

function said(document: unknown, sentence: string): Reply {
  return { document, message: { blocks: [{ kind: 'text', text: sentence }] }, failed: false };
}
