import { refusals } from '../../words/accounts.ts';
import { Refusal } from '../refusal.ts';

/** Who somebody says they are, on joining. */
export interface NewIdentity {
  readonly name: string;
  readonly email: string;
  /** Absent when the organisation's provider is to be the only way in. */
  readonly password?: string;
}

/** Characters a password needs, and may have at most: hashing a novel would be a way to keep the server busy. */
export const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

/** No stricter than the sign-in library, so that nobody joins with an address that cannot sign in. */
const EMAIL = /^(?!\.)(?!.*\.\.)([A-Za-z0-9_'+\-.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;

/** The name and the address as they are kept. Throws Refusal 422 naming what to mend. */
export function checkIdentity({ name, email }: NewIdentity): { name: string; email: string } {
  const tidy = { name: name.trim(), email: email.trim().toLowerCase() };
  if (tidy.name === '' || tidy.name.length > 100) throw new Refusal(422, 'name_missing', refusals.nameMissing);
  if (tidy.email.length > 254 || !EMAIL.test(tidy.email)) throw new Refusal(422, 'email_wrong', refusals.emailWrong);
  return tidy;
}

/** Throws Refusal 422 when a password is too short, too long, or is the person’s own name or address. */
export function checkPassword(password: string, of: { readonly name: string; readonly email: string }): void {
  if (password.length < PASSWORD_LENGTH.min) throw new Refusal(422, 'password_short', refusals.passwordShort);
  if (password.length > PASSWORD_LENGTH.max) throw new Refusal(422, 'password_long', refusals.passwordLong);
  const lower = password.toLowerCase();
  if (lower === of.email || lower === of.name.toLowerCase()) {
    throw new Refusal(422, 'password_telling', refusals.passwordTelling);
  }
}
