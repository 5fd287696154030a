/** Capabilities that nothing could ever permit, because what applies to them contradicts itself. */
import { pointerKeys } from '../json-pointer.ts';
import { quoteValue, quote, type Problem } from '../problem.ts';
import type { SensitivityLevel } from '../request.ts';
import { claimsOf, sourcesOf, type Claim } from './claims.ts';
import { byTier } from './constraints.ts';
import { isEmpty, meet, type Domain } from './domain.ts';
import type { FactTypes } from './facts.ts';
import { itemsOf, memberOf, type Written } from './written.ts';

const LEVELS = ['public', 'internal', 'confidential', 'restricted'] satisfies readonly SensitivityLevel[];

/** All claims about one thing that apply somewhere, and what they leave possible together. */
interface Together {
  readonly claims: readonly Claim[];
  /** What applies there besides. */
  readonly under?: Together | undefined;
  readonly leaves: Domain;
}

/** By what they are about. */
type Layer = ReadonlyMap<string, Together>;

/**
 * Schedules of one zone that are never open together, and comparisons of one fact that never hold together, where both
 * must be met. Placed at the later of the two. Whatever it reports could not be permitted; it does not find everything.
 */
export function contradictions(document: Written, types: FactTypes): readonly Problem[] {
  const sources = sourcesOf(document, types);
  const found = new Map<string, Problem>();
  const layerOf = (lists: readonly Written[], under: readonly Layer[], capability: Written): Layer => {
    const layer = layerOn(
      under,
      lists.flatMap((list) => claimsOf(list, sources)),
    );
    for (const together of layer.values()) {
      if (!isEmpty(together.leaves) || (together.under !== undefined && isEmpty(together.under.leaves))) continue;
      const problem = clash(inOrder(document, together), capability);
      if (!found.has(problem.pointer)) found.set(problem.pointer, problem);
    }
    return layer;
  };

  const common = new Map<number, Layer>();
  const capabilities = byTier(itemsOf(memberOf(document, 'capabilities')));
  for (const tier of itemsOf(memberOf(document, 'tiers'))) {
    const here = capabilities.get(memberOf(tier, 'id').value) ?? [];
    const [first] = here;
    if (first === undefined) continue;
    const level = levelOf(tier);
    const everywhere = common.get(level) ?? layerOf(commonLists(document, level), [], first);
    common.set(level, everywhere);
    const inTier = layerOf([memberOf(tier, 'require')], [everywhere], first);
    for (const capability of here) layerOf([memberOf(capability, 'require')], [inTier, everywhere], capability);
  }
  return [...found.values()];
}

/** As far as a tier says, the rules of these many levels always apply. */
function levelOf(tier: Written): number {
  const level = memberOf(tier, 'sensitivity').value ?? 'restricted';
  return LEVELS.findIndex((each) => each === level) + 1;
}

function commonLists(document: Written, levels: number): readonly Written[] {
  const sensitivity = memberOf(document, 'sensitivity');
  return [memberOf(document, 'guards'), ...LEVELS.slice(0, levels).map((level) => memberOf(sensitivity, level))];
}

/** `under` are the layers that apply besides, the nearest first. */
function layerOn(under: readonly Layer[], claims: readonly Claim[]): Layer {
  const layer = new Map<string, { claims: Claim[]; under: Together | undefined; leaves: Domain }>();
  for (const claim of claims) {
    let together = layer.get(claim.about);
    if (together === undefined) {
      const below = under.find((each) => each.has(claim.about))?.get(claim.about);
      together = { claims: [], under: below, leaves: below?.leaves ?? {} };
      layer.set(claim.about, together);
    }
    together.claims.push(claim);
    together.leaves = meet(together.leaves, claim.leaves);
  }
  return layer;
}

/** In the order of the text. */
function inOrder(document: Written, together: Together): readonly Claim[] {
  const all: Claim[] = [];
  for (let layer: Together | undefined = together; layer !== undefined; layer = layer.under) all.push(...layer.claims);
  const placed = all.map((claim) => ({ claim, place: placeOf(document, claim.pointer) }));
  return placed.sort((a, b) => compare(a.place, b.place)).map(({ claim }) => claim);
}

/** How many members stand before it, on each step of the way. */
function placeOf({ value }: Written, pointer: string): readonly number[] {
  let at = value as Readonly<Record<string, unknown>>;
  return pointerKeys(pointer).map((key) => {
    const place = Array.isArray(at) ? Number(key) : Object.keys(at).indexOf(key);
    at = at[key] as Readonly<Record<string, unknown>>;
    return place;
  });
}

function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((place, at) => place !== b[at]);
  return i < 0 ? -1 : (a[i] ?? 0) - (b[i] ?? -1);
}

/** The first claim that leaves nothing possible, and the one before it that it excludes, when there is one. */
function clash(claims: readonly Claim[], capability: Written): Problem {
  let leaves: Domain = {};
  const at = claims.findIndex((claim) => isEmpty((leaves = meet(leaves, claim.leaves))));
  const later = claims[at] as Claim;
  const other = claims.slice(0, at).find((claim) => isEmpty(meet(claim.leaves, later.leaves)));
  const beside = other === undefined ? 'what else applies' : quote(other.pointer);
  const never = isEmpty(later.leaves) ? 'this never holds' : `this never holds together with ${beside}`;
  const message = `${never}, so ${quoteValue(memberOf(capability, 'id').value)} could never be permitted`;
  const help = 'loosen it, or let one of several do with `anyOf`';
  return { code: 'unsatisfiable', pointer: later.pointer, message, help };
}
