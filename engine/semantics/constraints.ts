/** Every constraint of a document, with what it applies to. */
import { itemsOf, memberOf, membersOf, type Written } from './written.ts';

export interface PlacedConstraint extends Written {
  readonly kind: unknown;
  /** How many groups it is inside of. */
  readonly depth: number;
  /** The capabilities it applies to. */
  readonly capabilities: readonly Written[];
  /** The tiers of those, and the one it is written in. */
  readonly tiers: readonly Written[];
}

type Reach = Pick<PlacedConstraint, 'capabilities' | 'tiers'>;

/** Groups may be nested so deep. */
export const DEEPEST_GROUP = 16;

/** In document order within each list. Does not look into groups that are nested too deep. */
export function constraintsOf(document: Written): readonly PlacedConstraint[] {
  const found: PlacedConstraint[] = [];
  const add = (list: Written, reach: Reach): void => collect(list, reach, 0, found);
  const capabilities = itemsOf(memberOf(document, 'capabilities'));
  const inTier = byTier(capabilities);
  const tiers = itemsOf(memberOf(document, 'tiers')).map((tier) => ({ tier, id: memberOf(tier, 'id').value }));
  const everything = { capabilities, tiers: tiers.filter(({ id }) => inTier.has(id)).map(({ tier }) => tier) };
  add(memberOf(document, 'guards'), everything);
  for (const level of membersOf(memberOf(document, 'sensitivity'))) add(level, everything);
  for (const { tier, id } of tiers)
    add(memberOf(tier, 'require'), { capabilities: inTier.get(id) ?? [], tiers: [tier] });
  const tierOf = new Map(tiers.map(({ tier, id }) => [id, [tier]]));
  for (const capability of capabilities) {
    const reach = { capabilities: [capability], tiers: tierOf.get(memberOf(capability, 'tier').value) ?? [] };
    add(memberOf(capability, 'require'), reach);
  }
  return found;
}

/** The capabilities of each tier, by the id that they name. */
export function byTier(capabilities: readonly Written[]): ReadonlyMap<unknown, readonly Written[]> {
  const tiers = new Map<unknown, Written[]>();
  for (const capability of capabilities) {
    const tier = memberOf(capability, 'tier').value;
    const others = tiers.get(tier);
    if (others === undefined) tiers.set(tier, [capability]);
    else others.push(capability);
  }
  return tiers;
}

function collect(list: Written, reach: Reach, depth: number, found: PlacedConstraint[]): void {
  for (const constraint of itemsOf(list)) {
    const kind = memberOf(constraint, 'kind').value;
    if (kind === undefined) continue;
    found.push({ ...constraint, ...reach, kind, depth });
    if ((kind === 'allOf' || kind === 'anyOf') && depth < DEEPEST_GROUP)
      collect(memberOf(constraint, 'of'), reach, depth + 1, found);
  }
}
