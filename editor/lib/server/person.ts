/** What somebody may do here, from least to most; `auditor` reads all evidence and changes nothing. */
export const ROLES = ['viewer', 'auditor', 'author', 'approver', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who is asking: an id and a role, nothing that could name somebody. */
export interface Person {
  readonly id: string;
  readonly role: Role;
}

/** What a role may do. Read by everything that asks; said nowhere else. */
const MAY = {
  read: ['viewer', 'auditor', 'author', 'approver', 'admin'],
  audit: ['auditor', 'approver', 'admin'],
  edit: ['author', 'approver', 'admin'],
  review: ['approver', 'admin'],
  publish: ['approver', 'admin'],
  administer: ['admin'],
} as const satisfies Record<string, readonly Role[]>;
export type Right = keyof typeof MAY;

/** Whether this person's role has the right. */
export function may({ role }: Person, right: Right): boolean {
  const roles: readonly Role[] = MAY[right];
  return roles.includes(role);
}
