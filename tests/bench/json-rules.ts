/**
 * The same policy as json-rules-engine 7 rules, in its fastest documented set-up:
 * - one engine a capability, built once, so that a run evaluates one rule;
 * - facts as runtime constants, only those the rule names, handed over as `Fact` objects with `cache: false`,
 *   which spares a hash of every fact on every run;
 * - no event listeners, no paths, no conditions stored apart.
 * The library knows no ages, proofs or expiry margins: `factsFor` works them out beforehand and is never
 * timed. Its answer is yes or no, and the conditions that failed; it says nothing of how long that holds.
 */
import { Engine, Fact, type RuleProperties, type TopLevelCondition } from 'json-rules-engine';
import type { Request, StepUpProof } from 'latchkey';
import type { CapabilityId } from './requests.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OPEN = ['ACTIVE', 'OFFLINE_STALE'];

type Facts = Readonly<Record<string, Fact>>;

const CONDITIONS: Readonly<Record<CapabilityId, TopLevelCondition>> = {
  'work_order.view': {
    all: [
      { fact: 'authState', operator: 'in', value: [...OPEN, 'REAUTH_REQUIRED'] },
      { fact: 'confirmationAge', operator: 'lessThanInclusive', value: 7 * 24 * HOUR },
    ],
  },
  'work_order.note': {
    all: [
      { fact: 'authState', operator: 'in', value: OPEN },
      { fact: 'confirmationAge', operator: 'lessThanInclusive', value: 48 * HOUR },
      { fact: 'stepUpAge', operator: 'lessThanInclusive', value: 12 * HOUR },
    ],
  },
  'work_order.complete': {
    all: [
      { fact: 'authState', operator: 'in', value: OPEN },
      { fact: 'roles', operator: 'contains', value: 'technician' },
      { fact: 'snapshotAge', operator: 'lessThanInclusive', value: 48 * HOUR },
      {
        any: [
          {
            all: [
              { fact: 'connectivity', operator: 'equal', value: 'online' },
              { fact: 'tokenVerified', operator: 'equal', value: true },
              { fact: 'tokenFreshFor', operator: 'greaterThan', value: 0 },
            ],
          },
          {
            all: [
              { fact: 'clockState', operator: 'notIn', value: ['rolled_back', 'untrusted'] },
              { fact: 'confirmationAge', operator: 'lessThanInclusive', value: 5 * MINUTE },
            ],
          },
        ],
      },
    ],
  },
};

export type JsonRules = Readonly<Record<CapabilityId, Engine>>;

function engineFor(conditions: TopLevelCondition): Engine {
  const rule: RuleProperties = { conditions, event: { type: 'permit' } };
  return new Engine([rule], { allowUndefinedFacts: true });
}

/** The three engines, ready to run. */
export function buildJsonRules(): JsonRules {
  return {
    'work_order.view': engineFor(CONDITIONS['work_order.view']),
    'work_order.note': engineFor(CONDITIONS['work_order.note']),
    'work_order.complete': engineFor(CONDITIONS['work_order.complete']),
  };
}

function provesPresence(proof: StepUpProof, { now, session, device }: Request): boolean {
  return (
    proof.at <= now + 5 * MINUTE &&
    proof.sameBoot &&
    proof.subject.sub === session?.sub &&
    proof.subject.tenant === session.tenant &&
    proof.subject.iss === session.iss &&
    proof.biometricEpoch === device?.biometricEpoch &&
    proof.amr.some((method) => ['face', 'fpt', 'pin'].includes(method))
  );
}

function values(request: Request): Readonly<Record<string, unknown>> {
  const { now, session, accessToken: token, permissions } = request;
  const confirmationAge = session?.lastConfirmedAt === undefined ? undefined : now - session.lastConfirmedAt;
  const authState = session?.authState;
  if (request.capability === 'work_order.view') return { authState, confirmationAge };
  if (request.capability === 'work_order.note') {
    const proofs = (request.stepUps ?? []).filter((proof) => provesPresence(proof, request));
    const stepUpAge = proofs.length === 0 ? undefined : now - Math.max(...proofs.map((proof) => proof.at));
    return { authState, confirmationAge, stepUpAge };
  }
  const { issuedAt = 0, expiresAt = 0 } = token ?? {};
  return {
    authState,
    confirmationAge,
    roles: permissions?.roles ?? [],
    snapshotAge: permissions?.fetchedAt === undefined ? undefined : now - permissions.fetchedAt,
    connectivity: request.connectivity,
    tokenVerified: token?.verified,
    tokenFreshFor: expiresAt - Math.min(2 * MINUTE, Math.floor((expiresAt - issuedAt) / 2)) - now,
    clockState: request.clock.state,
  };
}

/** The request as the flat facts that its capability's rule names. */
export function factsFor(request: Request): Facts {
  const known = Object.entries(values(request)).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([id, value]) => [id, new Fact(id, value, { cache: false })]));
}

/** One run: whether the rule's event fired. */
export async function permitsByJsonRules(engine: Engine, facts: Facts): Promise<boolean> {
  const { events } = await engine.run(facts);
  return events.length > 0;
}
