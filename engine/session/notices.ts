/** What the server says of an account outside any answer to a request. */
import { defined } from './defined.ts';
import type { AccountNotice } from './event.ts';
import { ignore, step, type Step } from './occasion.ts';
import { narrow } from './permissions.ts';
import type { Account } from './session.ts';
import { lock, raise, withoutTokens, withUnsentRefreshToken } from './state.ts';

export function notice(account: Account, event: AccountNotice): Step {
  switch (event.type) {
    case 'account-disabled':
    case 'account-purged':
      return lock(account);
    case 'account-enabled':
      return step({ ...account, enabled: true });
    case 'session-revoked':
      return step(withoutTokens(raise(account, 'REAUTH_REQUIRED', 'sessionRevoked')));
    case 'credential-change':
    case 'credential-compromise':
      return step({
        ...withUnsentRefreshToken(raise(account, 'REAUTH_REQUIRED', 'credentialChange')),
        stepUps: [],
      });
    case 'token-claims-change':
      return narrow(account, event);
    case 'assurance-level-change':
      // A higher level arrives with the next sign-in that reached it.
      if (event.change === 'increase') return ignore(account, 'needs_sign_in');
      return step(defined({ ...account, acr: event.acr }));
  }
}
