// Who may change what the client knows beside the files. The lists decide over everybody's figures, so only an administrator
// imports them; whoever brings files may say what a text in them means.

import { AppError } from '../../errors.ts';
import type { Ports, Principal, Role } from '../../ports.ts';

const ranks: Role[] = ['viewer', 'contributor', 'admin'];

/** Throws AppError ACCESS_ROLE, and records that it was denied. */
export async function mustBe(
  ports: Pick<Ports, 'audit'>,
  by: Principal,
  needed: 'contributor' | 'admin',
  what: string,
): Promise<void> {
  if (ranks.indexOf(by.role) >= ranks.indexOf(needed)) return;
  await ports.audit.security({ principal: by, kind: 'access-denied', details: { what, role: by.role, needed } });
  throw new AppError('ACCESS_ROLE', { role: by.role, needed });
}
