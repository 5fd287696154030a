/** The state machine of an account: what weighs more, and what each state leaves of the tokens. */
import type { AuthState, SessionCause, Subject } from '../request.ts';
import { defined } from './defined.ts';
import { step, type Step } from './occasion.ts';
import type { Account } from './session.ts';

const WEIGHT: Readonly<Record<AuthState, number>> = {
  ACTIVE: 0,
  OFFLINE_STALE: 1,
  REAUTH_REQUIRED: 2,
  SIGNED_OUT: 3,
  LOCKED: 4,
};

/** Whether only a sign-in can move the account to a lighter state. */
export function needsSignIn({ authState }: Account): boolean {
  return WEIGHT[authState] >= WEIGHT.REAUTH_REQUIRED;
}

/** The account in a heavier state with its cause; state and cause stay when they weigh as much already. */
export function raise(account: Account, to: AuthState, cause?: SessionCause): Account {
  if (WEIGHT[account.authState] >= WEIGHT[to]) return account;
  return defined({ ...account, authState: to, cause });
}

function withoutAccessToken(account: Account): Account {
  return account.accessToken === undefined ? account : defined({ ...account, accessToken: undefined });
}

export function withoutTokens(account: Account): Account {
  return { ...withoutAccessToken(account), refreshToken: { present: false }, refreshUnsent: false };
}

/** The refresh token stays on record for people to see, and is never sent again. */
export function withUnsentRefreshToken(account: Account): Account {
  return { ...withoutAccessToken(account), refreshUnsent: account.refreshToken?.present === true };
}

/** The server closed the account: what `account-disabled` and its likes do. */
export function lock(account: Account): Step {
  const locked = { ...withoutTokens(raise(account, 'LOCKED')), enabled: false };
  return account.authState === 'LOCKED' ? step(locked) : step(locked, { type: 'lock', subject: subjectOf(account) });
}

export function subjectOf({ iss, tenant, sub }: Subject): Subject {
  return defined({ iss, tenant, sub });
}

/** Identity is compared member by member; absent equals absent. */
export function sameSubject(a: Subject, b: Subject): boolean {
  return a.iss === b.iss && a.tenant === b.tenant && a.sub === b.sub;
}
