/** What happens at an endpoint, as the log words it. */
export type Step =
  'sign_in' | 'sign_out' | 'two_factor_setup' | 'two_factor_enable' | 'two_factor_disable' | 'recovery_codes';

/** One of the sign-in library’s endpoints that we let through. */
export interface Endpoint {
  /** What of the body reaches the library: anything else, such as trusting a device, is not on offer. */
  readonly fields: readonly string[];
  /** What the log says before and after; null when nothing about an account changes. */
  readonly step: Step | null;
  /** How somebody proves who they are here; wrong proofs are counted. Null when nothing is proved. */
  readonly proof: 'password' | 'code' | 'recovery_code' | 'provider' | null;
}

/** Every way to the library. What is not named here does not exist: no sign-up, no change of address, no deleting. */
export const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
  ['POST /sign-in/email', { fields: ['email', 'password'], step: 'sign_in', proof: 'password' }],
  ['POST /sign-in/social', { fields: ['provider', 'callbackURL', 'errorCallbackURL'], step: null, proof: null }],
  ['GET /callback/oidc', { fields: [], step: 'sign_in', proof: 'provider' }],
  ['POST /sign-out', { fields: [], step: 'sign_out', proof: null }],
  ['POST /two-factor/enable', { fields: ['password'], step: 'two_factor_setup', proof: 'password' }],
  ['POST /two-factor/verify-totp', { fields: ['code'], step: 'two_factor_enable', proof: 'code' }],
  ['POST /two-factor/verify-backup-code', { fields: ['code'], step: 'sign_in', proof: 'recovery_code' }],
  ['POST /two-factor/disable', { fields: ['password'], step: 'two_factor_disable', proof: 'password' }],
  ['POST /two-factor/generate-backup-codes', { fields: ['password'], step: 'recovery_codes', proof: 'password' }],
]);
