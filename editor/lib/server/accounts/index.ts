/** Who may come in, and what they may do. */
export { openAccounts, type Accounts } from './accounts.ts';
export { requiresTwoFactor } from './allowed.ts';
export type { SignedIn } from './sessions.ts';
