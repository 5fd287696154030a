/** From a valid document to a policy: defaults filled in, durations in ms, pointers on everything reported later. */
import { normalizeConstraint, type WrittenConstraint } from './constraints/index.ts';
import type { Obligation } from './decision.ts';
import type {
  CapabilityDocument,
  PolicyDocument,
  StateRuleDocument,
  TierDocument,
  WarnDocument,
  WipeDocument,
  WipeTriggerDocument,
} from './document.ts';
import type {
  Capability,
  Constraint,
  Policy,
  StateRule,
  Tier,
  TierOpening,
  Warn,
  Wipe,
  WipeTrigger,
} from './policy.ts';
import type { AuthState, Milliseconds, SensitivityLevel } from './request.ts';
import { milliseconds } from './time/duration.ts';

const TOLERANCE: Milliseconds = 5 * 60_000;
const EXPIRY_MARGIN: Milliseconds = 2 * 60_000;
const SENSITIVITY_LEVELS: readonly SensitivityLevel[] = ['public', 'internal', 'confidential', 'restricted'];
const AUTH_STATES: readonly AuthState[] = ['ACTIVE', 'OFFLINE_STALE', 'REAUTH_REQUIRED', 'LOCKED', 'SIGNED_OUT'];

/** The same text held like a name: to compare a slice of the document's text would take longer than a whole decision. */
function asName(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text;
}

/** A copy that inherits nothing, so that what a rule does not say is not found on a prototype either. */
function bare<T>(value: T): T {
  if (typeof value === 'string') return asName(value) as T;
  if (Array.isArray(value)) return value.map(bare) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, bare(each)]));
  // Taken away afterwards: an object made without a prototype is kept as a dictionary, ten times as slow to read.
  return Object.setPrototypeOf(copy, null) as T;
}

/**
 * Only for documents without errors: for others it may throw `TypeError`. Shares nothing with the document, and nothing
 * in it has a prototype.
 */
export function normalize(document: PolicyDocument): Policy {
  return bare(normalized(document));
}

function normalized(document: PolicyDocument): Policy {
  const { language, id, version, title, mode, clock, sensitivity, onState, wipe, signOut, notes } = document;
  return {
    language,
    id,
    version,
    ...(title === undefined ? {} : { title }),
    mode: mode ?? 'enforce',
    clock: {
      tolerance: milliseconds(clock?.tolerance ?? TOLERANCE),
      expiryMargin: milliseconds(clock?.expiryMargin ?? EXPIRY_MARGIN),
    },
    facts: document.facts ?? {},
    conditions: document.conditions ?? {},
    guards: constraints(document.guards, '/guards'),
    sensitivity: byKey(SENSITIVITY_LEVELS, sensitivity, (rules, level) => constraints(rules, `/sensitivity/${level}`)),
    tiers: document.tiers.map(tier),
    capabilities: document.capabilities.map(capability),
    onState: byKey(AUTH_STATES, onState, stateRule),
    warn: (document.warn ?? []).map(warn),
    ...(wipe === undefined ? {} : { wipe: wiping(wipe) }),
    ...(signOut === undefined ? {} : { signOut: { mode: signOut.mode, pending: signOut.pending } }),
    ...(notes?.reviewBy === undefined ? {} : { reviewBy: notes.reviewBy }),
  };
}

function byKey<K extends string, V, W>(
  keys: readonly K[],
  written: Readonly<Partial<Record<K, V>>> | undefined,
  change: (value: V, key: K) => W,
): Partial<Record<K, W>> {
  const result: Partial<Record<K, W>> = {};
  for (const key of keys) {
    const value = written?.[key];
    if (value !== undefined) result[key] = change(value, key);
  }
  return result;
}

function constraints(written: readonly WrittenConstraint[] | undefined, path: string): readonly Constraint[] {
  return (written ?? []).map((constraint, i) => normalizeConstraint(constraint, `${path}/${i}`));
}

function tier({ id, title, sensitivity, require }: TierDocument, i: number): Tier {
  return {
    id,
    ...(title === undefined ? {} : { title }),
    sensitivity: sensitivity ?? 'restricted',
    require: constraints(require, `/tiers/${i}/require`),
  };
}

function capability({ id, title, tier, access, ...rest }: CapabilityDocument, i: number): Capability {
  const path = `/capabilities/${i}`;
  const serverBound = rest.serverBound ?? false;
  const offline = rest.offline ?? (serverBound ? 'forbid' : undefined);
  const offlinePath = `${path}/${rest.offline === undefined ? 'serverBound' : 'offline'}`;
  return {
    id,
    ...(title === undefined ? {} : { title }),
    tier,
    access,
    serverBound,
    ...(offline === undefined ? {} : { offline, offlinePath }),
    require: constraints(rest.require, `${path}/require`),
  };
}

function stateRule({ present, obligations, tiers }: StateRuleDocument): StateRule {
  return {
    ...(present === undefined ? {} : { present }),
    obligations: distinct((obligations ?? []).map(obligation)),
    ...(tiers === undefined ? {} : { tiers: openings(tiers) }),
  };
}

function obligation(written: string | Obligation): Obligation {
  return typeof written === 'string' ? { type: written } : (inOrder(written) as Obligation);
}

/** Of equal obligations the first counts. */
function distinct(obligations: readonly Obligation[]): readonly Obligation[] {
  return [...new Map(obligations.map((each) => [JSON.stringify(each), each])).values()];
}

/** The same value with members in one order, so that equal obligations have equal text. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, each]) => [key, inOrder(each)]));
}

/** Without a prototype: a tier may have any name. */
function openings(written: Readonly<Record<string, TierOpening>>): Readonly<Record<string, TierOpening>> {
  return Object.assign(Object.create(null) as Record<string, TierOpening>, written);
}

function warn({ of, after, tiers }: WarnDocument, i: number): Warn {
  return { path: `/warn/${i}`, of, after: milliseconds(after), ...(tiers === undefined ? {} : { tiers }) };
}

function wiping({ scope, tier, method, when }: WipeDocument): Wipe {
  return { scope, ...(tier === undefined ? {} : { tier }), method, when: when.map(wipeTrigger) };
}

function wipeTrigger(written: WipeTriggerDocument, i: number): WipeTrigger {
  const path = `/wipe/when/${i}`;
  if ('event' in written) return { path, event: written.event };
  if ('failedStepUps' in written) return { path, failedStepUps: written.failedStepUps };
  return { path, maxAge: milliseconds(written.maxAge), evidence: written.evidence };
}
