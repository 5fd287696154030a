/**
 * What was recorded while the clock ran ahead. Once the server has said what time it is, such a fact is known to be
 * misdated; kept, it would come true by itself when time gets there, and look fresh then.
 */
import type { Instant, PermissionFacts } from '../request.ts';
import { defined } from './defined.ts';
import type { Account } from './session.ts';

/** The account without what is dated after `latest`; its last activity falls back to the sign-in. */
export function withoutFutureFacts(account: Account, latest: Instant): Account {
  const { permissions, lastActivityAt, authTime } = account;
  return {
    ...account,
    ...(permissions === undefined ? {} : { permissions: dated(permissions, latest) }),
    lastActivityAt: lastActivityAt > latest ? authTime : lastActivityAt,
    stepUps: account.stepUps.filter(({ at }) => at <= latest),
  };
}

function dated(permissions: PermissionFacts, latest: Instant): PermissionFacts {
  const { fetchedAt } = permissions;
  return fetchedAt === undefined || fetchedAt <= latest
    ? permissions
    : defined({ ...permissions, fetchedAt: undefined });
}
