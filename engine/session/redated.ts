/**
 * What was recorded while the clock ran ahead. Once the server has said what time it is, it is known by how much the
 * device had counted too far: everything it dated itself happened, at the earliest, so much before its date. Kept as
 * dated, a proof made under a clock set forward would look younger than it is from then on.
 */
import type { Instant, Milliseconds, PermissionFacts } from '../request.ts';
import { defined } from './defined.ts';
import type { Account } from './session.ts';

/** What the device thought the time was, what the server says, and how far apart the two may innocently be. */
export interface Correction {
  readonly counted: Instant;
  readonly confirmed: Instant;
  readonly tolerance: Milliseconds;
}

/**
 * The account with its own dates moved back by what was counted too far; without what is dated further ahead than the
 * tolerance, which no honest clock gives. Its last activity is never earlier than the sign-in.
 */
export function redated(account: Account, { counted, confirmed, tolerance }: Correction): Account {
  const { permissions, lastActivityAt, authTime, stepUps } = account;
  const latest = confirmed + tolerance;
  const excess = Math.max(0, counted - confirmed);
  const back = (at: Instant): Instant => (at > latest ? authTime : Math.max(authTime, at - excess));
  return {
    ...account,
    ...(permissions === undefined ? {} : { permissions: dated(permissions, latest, excess) }),
    lastActivityAt: back(lastActivityAt),
    stepUps: stepUps.filter(({ at }) => at <= latest).map((proof) => ({ ...proof, at: proof.at - excess })),
  };
}

function dated(permissions: PermissionFacts, latest: Instant, excess: Milliseconds): PermissionFacts {
  const { fetchedAt } = permissions;
  if (fetchedAt === undefined) return permissions;
  return defined({ ...permissions, fetchedAt: fetchedAt <= latest ? fetchedAt - excess : undefined });
}
