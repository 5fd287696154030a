/** The registry: a constraint kind is its file and one line in each table. */
import type { Constraint, ConstraintKind } from '../policy.ts';
import { compileAssurance, normalizeAssurance } from './assurance.ts';
import { checkOf, NOT_VALIDATED, type Check, type Rule } from './check.ts';
import { compileClock, normalizeClock } from './clock.ts';
import { compileDevice, normalizeDevice } from './device.ts';
import { compileGrant, normalizeGrant } from './grant.ts';
import { compileAllOf, compileAnyOf } from './groups.ts';
import { compileMaxAge, normalizeMaxAge } from './max-age.ts';
import { compileOnline, normalizeOnline } from './online.ts';
import { compileQuota, normalizeQuota } from './quota.ts';
import { compileRisk, normalizeRisk } from './risk.ts';
import { compileSchedule, normalizeSchedule } from './schedule.ts';
import { compileStepUp, normalizeStepUp } from './step-up.ts';
import { compileToken, normalizeToken } from './token.ts';
import { compileWhen, normalizeWhen, type Named } from './when.ts';
import type { Written } from './written.ts';

export { isGroup, NOT_VALIDATED, type Check, type Finding, type Group, type Leaf } from './check.ts';
export { compileForbidOffline } from './offline.ts';
export { instantOf } from './max-age.ts';
export { weeklyOf } from './schedule.ts';
export { EVERY_USE, readProof } from './step-up.ts';
export { expiring, expiringFrom } from './token.ts';

type GroupKind = 'allOf' | 'anyOf';
type LeafKind = Exclude<ConstraintKind, GroupKind>;
type OfKind<K extends ConstraintKind> = Extract<Constraint, { kind: K }>;

/** A constraint as the document has it; groups hold such constraints. */
export type WrittenConstraint =
  | { [K in LeafKind]: Written<OfKind<K>> }[LeafKind]
  | { readonly kind: GroupKind; readonly of: readonly WrittenConstraint[] };

const normalizers: { readonly [K in LeafKind]: (written: Written<OfKind<K>>, path: string) => OfKind<K> } = {
  maxAge: normalizeMaxAge,
  online: normalizeOnline,
  token: normalizeToken,
  stepUp: normalizeStepUp,
  assurance: normalizeAssurance,
  grant: normalizeGrant,
  device: normalizeDevice,
  quota: normalizeQuota,
  clock: normalizeClock,
  risk: normalizeRisk,
  schedule: normalizeSchedule,
  when: normalizeWhen,
};

const compilers: { readonly [K in LeafKind]: (constraint: OfKind<K>, named: Named) => Rule } = {
  maxAge: compileMaxAge,
  online: compileOnline,
  token: compileToken,
  stepUp: compileStepUp,
  assurance: compileAssurance,
  grant: compileGrant,
  device: compileDevice,
  quota: compileQuota,
  clock: compileClock,
  risk: compileRisk,
  schedule: compileSchedule,
  when: compileWhen,
};

/** Fills in defaults and durations of a valid constraint written at `path`. Idempotent but for the path. */
export function normalizeConstraint(written: WrittenConstraint, path: string): Constraint {
  if (written.kind === 'allOf' || written.kind === 'anyOf')
    return { kind: written.kind, path, of: written.of.map((part, i) => normalizeConstraint(part, `${path}/of/${i}`)) };
  const normalize = normalizers[written.kind] as (written: WrittenConstraint, path: string) => Constraint;
  return normalize(written, path);
}

/**
 * Compiles one constraint of a policy whose conditions and custom facts are `named`. Throws `TypeError` for a kind that
 * no table knows: a policy that was never validated.
 */
export function compileConstraint(constraint: Constraint, named: Named): Check {
  const { kind, path } = constraint;
  if (kind === 'allOf' || kind === 'anyOf') {
    const of = constraint.of.map((each) => compileConstraint(each, named));
    return checkOf(kind, path, kind === 'allOf' ? compileAllOf(of) : compileAnyOf(of), of);
  }
  if (!Object.hasOwn(compilers, kind)) throw new TypeError(NOT_VALIDATED);
  const compile = compilers[kind] as (constraint: Constraint, named: Named) => Rule;
  return checkOf(kind, path, compile(constraint, named));
}
