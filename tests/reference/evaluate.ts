/** Constraints with their groups: which reasons they give, and which other ways there would have been. */
import { judge } from './constraints.ts';
import type { Constraint, Document, Level } from './document.ts';
import type { Asked } from './verdict.ts';
import { byPrecedence, LEVELS, precedenceOf } from './words.ts';

/** A reason that remembers the kind of its leaf: what helps against it may depend on that. */
export interface PlacedReason {
  readonly code: string;
  readonly path: string;
  readonly detail?: string;
  readonly kind?: string;
}
export interface PlacedAlternative {
  readonly group: string;
  readonly path: string;
  readonly reasons: readonly PlacedReason[];
}
export interface Finding {
  readonly reasons: readonly PlacedReason[];
  readonly alternatives: readonly PlacedAlternative[];
}
export interface Placed {
  readonly path: string;
  readonly constraint: Constraint;
}
/** Told of every leaf that was judged. */
export type Witness = (kind: string, is: 'satisfied' | 'violated' | 'unknown') => void;

/** What applies to a capability, in order: guards, its tier, the levels from public up, its own. */
export function applying(document: Document, capabilityId: string, level: Level): readonly Placed[] {
  const c = document.capabilities.findIndex(({ id }) => id === capabilityId);
  const capability = document.capabilities[c];
  const t = document.tiers.findIndex(({ id }) => id === capability?.tier);
  const levels = LEVELS.slice(0, LEVELS.indexOf(level) + 1);
  return [
    ...placed('/guards', document.guards),
    ...placed(`/tiers/${t}/require`, document.tiers[t]?.require),
    ...levels.flatMap((each) => placed(`/sensitivity/${each}`, document.sensitivity?.[each])),
    ...placed(`/capabilities/${c}/require`, capability?.require),
  ];
}

function placed(path: string, constraints: readonly Constraint[] = []): readonly Placed[] {
  return constraints.map((constraint, index) => ({ path: `${path}/${index}`, constraint }));
}

/** What stands in the way; no reasons when the constraint is satisfied. */
export function evaluate({ path, constraint }: Placed, asked: Asked, witness: Witness): Finding {
  if (constraint.kind === 'allOf' || constraint.kind === 'anyOf') {
    const members = placed(`${path}/of`, constraint.of);
    const findings = members.map((member) => ({ path: member.path, ...evaluate(member, asked, witness) }));
    return constraint.kind === 'allOf' ? everyMember(findings) : anyMember(path, findings);
  }
  const verdict = judge(constraint, asked);
  witness(constraint.kind, verdict.is);
  if (verdict.is === 'satisfied') return { reasons: [], alternatives: [] };
  const { code, detail } = verdict;
  const reason = { code, path, kind: constraint.kind, ...(detail === undefined ? {} : { detail }) };
  return { reasons: [reason], alternatives: [] };
}

function everyMember(findings: readonly Finding[]): Finding {
  return {
    reasons: findings.flatMap(({ reasons }) => reasons),
    alternatives: findings.flatMap(({ alternatives }) => alternatives),
  };
}

function anyMember(group: string, findings: readonly (Finding & { readonly path: string })[]): Finding {
  if (findings.some(({ reasons }) => reasons.length === 0)) return { reasons: [], alternatives: [] };
  const primary = ({ reasons }: Finding) => precedenceOf(byPrecedence(reasons)[0]?.code ?? '');
  const cheapest = Math.max(...findings.map(primary));
  const reported = findings.find((finding) => primary(finding) === cheapest);
  const others = findings.filter((finding) => finding !== reported);
  return {
    reasons: reported?.reasons ?? [],
    alternatives: [
      ...others.map(({ path, reasons }) => ({ group, path, reasons: byPrecedence(reasons) })),
      ...(reported?.alternatives ?? []),
    ],
  };
}
