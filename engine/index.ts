/** Entry `latchkey`: from a policy to decisions. No dependency, no clock, no I/O. */
export { compile } from './compile.ts';
export { decide, permits } from './decide.ts';
export { differs, nextChange, type Change } from './next-change.ts';
export { explain, type Explanation } from './explain.ts';
export {
  REASON_CODES,
  rankOf,
  type Advice,
  type AgeOf,
  type Alternative,
  type Decision,
  type Mode,
  type Obligation,
  type Outcome,
  type Presentation,
  type Reason,
  type ReasonCode,
  type ReasonDetail,
  type Remedy,
} from './decision.ts';
export type { Program } from './program.ts';
export type {
  Access,
  Capability,
  Constraint,
  ConstraintKind,
  Policy,
  StateRule,
  Tier,
  TierOpening,
  Warn,
  Wipe,
} from './policy.ts';
export type {
  AccessTokenFacts,
  AuthState,
  ClockState,
  Connectivity,
  DeviceFacts,
  Instant,
  Milliseconds,
  PermissionFacts,
  PolicyFacts,
  RefreshTokenFacts,
  Request,
  Resource,
  RiskLevel,
  SensitivityLevel,
  SessionCause,
  SessionFacts,
  StepUpProof,
  StorageLevel,
  Subject,
} from './request.ts';
