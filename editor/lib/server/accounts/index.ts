/** Who may come in, and what they may do. */
export { openAccounts, requiresTwoFactor, type Accounts } from './accounts.ts';
export type { SignedIn } from './sessions.ts';
