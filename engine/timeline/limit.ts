/** A limit of a capability: where time, or a count of uses, changes what a policy answers. */
import type { AgeOf } from '../decision.ts';
import type { ConstraintKind } from '../policy.ts';
import type { Milliseconds, SensitivityLevel } from '../request.ts';

/**
 * What is held against a limit. `proof` is the age of the newest step-up that the rule accepts, `pause` the time
 * without activity after it, `deviceUnlock` the age of the last unlocking. The expiries are instants that the
 * provider or the publisher sets; `accessTokenMargin` lies before the first of them. `provenConfirmation` is the age
 * of the server's confirmation by proven time, which turns the lock of a wipe rule into a wipe. Windows and exceptions
 * open and close a schedule; `clockDrift` is how far the wall clock and the proven time are apart.
 */
export type Measured =
  | AgeOf
  | 'proof'
  | 'pause'
  | 'deviceUnlock'
  | 'accessTokenExpiry'
  | 'accessTokenMargin'
  | 'refreshIdleExpiry'
  | 'refreshAbsoluteExpiry'
  | 'policyExpiry'
  | 'provenConfirmation'
  | 'windowStart'
  | 'windowEnd'
  | 'exception'
  | 'clockDrift'
  | 'uses';

export interface Limit {
  readonly capability: string;
  readonly kind: ConstraintKind | 'warn' | 'wipe' | 'policy';
  readonly measured: Measured;
  /**
   * JSON Pointer of the value in the document that sets the limit, or would if it were written (`/clock/tolerance`).
   * Where the document has no say: of what brings the limit in (`…/token`), `""` for the policy's own expiry.
   */
  readonly pointer: string;
  /** JSON Pointer of the constraint, warning or wipe rule, as reasons and marks give it; `""` for the policy's expiry. */
  readonly path: string;
  /** Absent for expiries, which others set, for parts of schedules, and for uses. */
  readonly length?: Milliseconds;
  /** Only for `uses`: how many there may be. */
  readonly uses?: number;
  /** True when at the limit itself the answer is still what it was before, as with ages; false for expiries, edges and uses. */
  readonly inclusive: boolean;
  /** Set when the limit applies only to requests whose resource raises the sensitivity this far. */
  readonly raisedTo?: SensitivityLevel;
}
