import { people as words, type Deed } from '$lib/words/people.ts';

/** Somebody with an account, as the list of people shows them. */
export interface Member {
  readonly id: string;
  /** Null when the person was erased, as the address then is. */
  readonly name: string | null;
  readonly email: string | null;
  readonly role: string;
  readonly active: boolean;
  readonly twoFactor: boolean;
  /** Unix milliseconds; null for who never signed in. */
  readonly signedInAt: number | null;
}

/** What can be done about somebody; `why` says why not, where it is shown and cannot. */
export interface PossibleDeed {
  readonly deed: Deed;
  readonly why: string | null;
}

/** The deeds that make sense for somebody, the gravest last; none for who is erased. */
export function deedsFor(member: Member, all: readonly Member[]): readonly PossibleDeed[] {
  if (member.name === null) return [];
  const admins = all.filter(({ role, active }) => role === 'admin' && active);
  const why = member.active && member.role === 'admin' && admins.length === 1 ? words.lastAdmin : null;
  const free = (deed: Deed): PossibleDeed => ({ deed, why: null });
  return [
    ...(member.active ? [{ deed: 'role', why } as const, free('reset')] : []),
    ...(member.twoFactor ? [free('factor')] : []),
    ...(member.active ? [free('signOut'), { deed: 'deactivate', why } as const] : [free('reactivate')]),
    { deed: 'erase', why },
  ];
}
