/** What the account may do, as the server last said: taken away at once, given back only after a confirmation. */
import type { PermissionFacts } from '../request.ts';
import { defined } from './defined.ts';
import type { PermissionSnapshot, TokenClaimsChange } from './event.ts';
import { step, type Scene, type Step } from './occasion.ts';
import type { Account } from './session.ts';

type List = readonly string[] | undefined;

/** A narrowing: each list given becomes the intersection; the age of the snapshot stays. */
export function narrow(account: Account, event: TokenClaimsChange): Step {
  const known = account.permissions;
  const permissions = defined({
    ...known,
    roles: event.roles === undefined ? known?.roles : common(known?.roles, event.roles),
    scopes: event.scopes === undefined ? known?.scopes : common(known?.scopes, event.scopes),
  });
  return step({ ...account, permissions, narrowed: true });
}

/** Replaces the snapshot; a list not given becomes unknown. Since a narrowing that no confirmation followed, it may only narrow. */
export function snapshot(account: Account, event: PermissionSnapshot, scene: Scene): Step {
  const known = account.permissions;
  const permissions: PermissionFacts = defined({
    roles: account.narrowed ? common(known?.roles, event.roles) : event.roles,
    scopes: account.narrowed ? common(known?.scopes, event.scopes) : event.scopes,
    fetchedAt: scene.now,
    integrity: event.integrity,
  });
  return step({ ...account, permissions });
}

/** What both lists hold; unknown when either is. */
function common(a: List, b: List): List {
  return a === undefined || b === undefined ? undefined : a.filter((each) => b.includes(each));
}
