/**
 * The rows of accounts. Those that the sign-in library writes too hold instants and flags in the database's own type:
 * written as `Date` and boolean on both, read as text and 0 or 1 on SQLite.
 */
type Instant = Date | string;
type Flag = boolean | number;

/** Who somebody is. The only place with a name or an e-mail address; erasing is deleting this row. */
export interface PersonRow {
  id: string;
  name: string;
  /** Lower case. */
  email: string;
  email_verified: Flag;
  image: string | null;
  two_factor_enabled: Flag | null;
  created_at: Instant;
  updated_at: Instant;
}

export interface LoginSessionRow {
  id: string;
  token: string;
  person_id: string;
  /** `password` or `provider`. */
  method: string | null;
  address: string | null;
  agent: string | null;
  expires_at: Instant;
  created_at: Instant;
  updated_at: Instant;
}

/** A way in: a password (`provider` is `credential`), or an account at the organisation's provider. */
export interface CredentialRow {
  id: string;
  person_id: string;
  provider: string;
  subject: string;
  password: string | null;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: Instant | null;
  refresh_token_expires_at: Instant | null;
  scope: string | null;
  created_at: Instant;
  updated_at: Instant;
}

/** What the sign-in library keeps for minutes: a second step under way, a visit to the provider. */
export interface VerificationRow {
  id: string;
  identifier: string;
  value: string;
  expires_at: Instant;
  created_at: Instant;
  updated_at: Instant;
}

export interface TwoFactorRow {
  id: string;
  person_id: string;
  /** Encrypted with the installation's secret, as the recovery codes are. */
  secret: string;
  recovery_codes: string;
  verified: Flag | null;
  failures: number | null;
  locked_until: Instant | null;
}

/** Attempts at one account or from one address, since an instant. */
export interface RateLimitRow {
  key: string;
  count: number;
  since: number;
}

/** What somebody may do. Stays when the person is erased. */
export interface MembershipRow {
  person_id: string;
  role: string;
  created_at: number;
  deactivated_at: number | null;
}

export interface InvitationRow {
  id: string;
  /** SHA-256 of the link's token, lower-case hex, here and below. */
  token_hash: string;
  role: string;
  made_by: string;
  created_at: number;
  expires_at: number;
  used_by: string | null;
  used_at: number | null;
}

export interface ResetLinkRow {
  token_hash: string;
  person_id: string;
  made_by: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

export interface SetupLinkRow {
  token_hash: string;
  created_at: number;
  used_by: string | null;
  used_at: number | null;
}

/** What an app shows to read one environment. */
export interface AppKeyRow {
  id: string;
  name: string;
  environment: string;
  hash: string;
  /** The key's beginning, to recognise and to find it by. */
  prefix: string;
  created_by: string;
  created_at: number;
  expires_at: number;
  revoked_at: number | null;
  last_used_at: number | null;
}

export interface AccountTables {
  person: PersonRow;
  login_session: LoginSessionRow;
  credential: CredentialRow;
  verification: VerificationRow;
  two_factor: TwoFactorRow;
  rate_limit: RateLimitRow;
  membership: MembershipRow;
  invitation: InvitationRow;
  reset_link: ResetLinkRow;
  setup_link: SetupLinkRow;
  app_key: AppKeyRow;
}
