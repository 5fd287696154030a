/**
 * The policy language read aloud: a slow interpreter of a policy document as it is written, to hold the engine
 * against. It shares no code with the engine and was made from the language's definition alone.
 */
import { warnings } from './advice.ts';
import type { Advice, Alternative, Decision, Document, Obligation, Reason } from './document.ts';
import { milliseconds } from './duration.ts';
import { applying, evaluate, type Finding, type PlacedReason, type Witness } from './evaluate.ts';
import { instant, isRecord, read, text, usable, word } from './facts.ts';
import { gates, levelInForce, opening, overdueWipes, type Arrival } from './gates.ts';
import { remedies } from './remedies.ts';
import type { Asked } from './verdict.ts';
import { AUTH_STATES, byPrecedence, CLOCK_STATES, CONNECTIVITY } from './words.ts';

const STEP_UP_FAMILY = ['step_up_required', 'assurance_insufficient'];

/** The decision about `request` under a valid `document`. */
export function decide(document: Document, request: unknown, witness: Witness = () => undefined): Decision {
  if (!isRecord(request)) return refusal(document);
  const arrival = arrivalOf(document, request);
  const asked = askedOf(arrival);
  const constraints = asked === undefined ? [] : applying(document, asked.capability.id, levelInForce(arrival));
  const findings = asked === undefined ? [] : constraints.map((each) => evaluate(each, asked, witness));
  const offline = asked === undefined ? [] : offlineForbidden(asked);
  const reasons = byPrecedence([...gates(arrival), ...findings.flatMap(reasonsOf), ...offline]);
  const outcome = outcomeOf(reasons);
  const authState = usable(word(read(request, 'session', 'authState'), AUTH_STATES));
  const state = authState === undefined ? undefined : document.onState?.[authState];
  const connectivity = usable(word(read(request, 'connectivity'), CONNECTIVITY));
  const permitted = outcome === 'permit' ? asked : undefined;
  const warned =
    permitted === undefined
      ? []
      : warnings(
          document,
          constraints.map(({ constraint }) => constraint),
          permitted,
        );
  const shown: readonly Advice[] = state?.present === undefined ? [] : [{ type: 'present', as: state.present }];
  const obligations = withoutRepeats([
    ...(state?.obligations ?? []).map((each) => (typeof each === 'string' ? { type: each } : each)),
    ...wipeOrLock(arrival),
    ...(permitted !== undefined && authState === 'REAUTH_REQUIRED' && opening(arrival) === 'readOnly'
      ? [{ type: 'readOnly' }]
      : []),
    ...(permitted?.capability.offline === 'enqueue' && connectivity !== 'online' ? [{ type: 'enqueue' }] : []),
  ]);
  const alternatives = findings.flatMap((finding) => finding.alternatives);
  return {
    outcome,
    capability: usable(text(read(request, 'capability'))) ?? '',
    reason: reasons[0]?.code ?? null,
    reasons: reasons.map(withoutKind),
    ...(alternatives.length === 0 ? {} : { alternatives: alternatives.map(alternative) }),
    remedies: remedies(reasons, connectivity === 'online'),
    ...owed(document, obligations),
    advice: [...warned, ...shown],
    evaluatedAt: arrival.now ?? null,
    clockState: usable(word(read(request, 'clock', 'state'), CLOCK_STATES)) ?? null,
    confirmed: connectivity === 'online' && authState === 'ACTIVE',
    ...about(document),
  };
}

/** A request that is not an object. */
function refusal(document: Document): Decision {
  return {
    outcome: 'deny',
    capability: '',
    reason: 'fact_invalid',
    reasons: [{ code: 'fact_invalid', path: '' }],
    remedies: ['none'],
    ...owed(document, []),
    advice: [],
    evaluatedAt: null,
    clockState: null,
    confirmed: false,
    ...about(document),
  };
}

function about({ mode, id, version }: Document): Pick<Decision, 'mode' | 'policy'> {
  return { mode: mode ?? 'enforce', policy: { id, version, digest: null } };
}

/** Under `report_only` nothing must be carried out; what would have been is recorded. */
function owed({ mode }: Document, obligations: readonly Obligation[]): Pick<Decision, 'obligations' | 'recorded'> {
  return mode === 'report_only' ? { obligations: [], recorded: obligations } : { obligations };
}

function arrivalOf(document: Document, request: unknown): Arrival {
  const id = usable(text(read(request, 'capability')));
  const capability = document.capabilities.find((each) => each.id === id);
  const tier = document.tiers.find((each) => each.id === capability?.tier);
  const now = usable(instant(read(request, 'now')));
  const tolerance = milliseconds(document.clock?.tolerance ?? '5m');
  return { document, request, now, tolerance, ...(capability && tier ? { capability, tier } : {}) };
}

/** What constraints are judged by; undefined when none is: no such capability, or no time to judge by. */
function askedOf({ document, request, now, tolerance, capability }: Arrival): Asked | undefined {
  if (now === undefined || capability === undefined) return undefined;
  const expiryMargin = milliseconds(document.clock?.expiryMargin ?? '2m');
  return { document, request, capability, now, tolerance, expiryMargin };
}

function offlineForbidden({ document, request, capability }: Asked): readonly PlacedReason[] {
  const said = capability.offline === 'forbid';
  const implied = capability.serverBound === true && capability.offline === undefined;
  if (!said && !implied) return [];
  if (usable(word(read(request, 'connectivity'), CONNECTIVITY)) === 'online') return [];
  const path = `/capabilities/${document.capabilities.indexOf(capability)}/${said ? 'offline' : 'serverBound'}`;
  return [{ code: 'online_required', path }];
}

function reasonsOf({ reasons }: Finding): readonly PlacedReason[] {
  return reasons;
}

function outcomeOf(reasons: readonly PlacedReason[]): Decision['outcome'] {
  if (reasons.length === 0) return 'permit';
  return reasons.every(({ code }) => STEP_UP_FAMILY.includes(code)) ? 'challenge' : 'deny';
}

function wipeOrLock(arrival: Arrival): readonly Obligation[] {
  const due = overdueWipes(arrival);
  const { wipe } = arrival.document;
  if (due.length === 0 || wipe === undefined) return [];
  if (!due.some(({ proven }) => proven)) return [{ type: 'lock' }];
  return [
    { type: 'wipe', scope: wipe.scope, ...(wipe.tier === undefined ? {} : { tier: wipe.tier }), method: wipe.method },
  ];
}

function withoutRepeats(obligations: readonly Obligation[]): readonly Obligation[] {
  const seen = new Set<string>();
  return obligations.filter((obligation) => {
    const key = canonical(obligation);
    return !seen.has(key) && seen.add(key);
  });
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}

function withoutKind({ code, path, detail }: PlacedReason): Reason {
  return detail === undefined ? { code, path } : { code, path, detail };
}

function alternative({ group, path, reasons }: Finding['alternatives'][number]): Alternative {
  return { group, path, reasons: reasons.map(withoutKind) };
}
