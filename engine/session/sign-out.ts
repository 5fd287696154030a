/** Leaving: by choice, or because the app decided so. */
import type { SessionCause } from '../request.ts';
import type { SignOutEvent } from './event.ts';
import { step, type Step } from './occasion.ts';
import type { Account } from './session.ts';
import { raise, withoutTokens } from './state.ts';

/** Which cause of a sign-out is also one of a session. */
const CAUSES: Readonly<Partial<Record<SignOutEvent['cause'], SessionCause>>> = {
  refreshRejected: 'refreshRejected',
  revoked: 'sessionRevoked',
};

/** Removes the tokens; a LOCKED account stays LOCKED. When it was last confirmed stays known. */
export function signOut(account: Account, event: SignOutEvent): Step {
  return step(raise(withoutTokens(account), 'SIGNED_OUT', CAUSES[event.cause]));
}
