/** Every constraint of a document, with what it applies to. */
import { itemsOf, memberOf, membersOf, type Written } from './written.ts';

export interface PlacedConstraint extends Written {
  readonly kind: unknown;
  /** How many groups it is inside of. */
  readonly depth: number;
  /** The capabilities it applies to. */
  readonly capabilities: readonly Written[];
}

/** Groups may be nested so deep. */
export const DEEPEST_GROUP = 16;

/** In document order within each list. Does not look into groups that are nested too deep. */
export function constraintsOf(document: Written): readonly PlacedConstraint[] {
  const all = itemsOf(memberOf(document, 'capabilities'));
  const found: PlacedConstraint[] = [];
  const add = (list: Written, capabilities: readonly Written[]): void => collect(list, capabilities, 0, found);
  add(memberOf(document, 'guards'), all);
  for (const level of membersOf(memberOf(document, 'sensitivity'))) add(level, all);
  const inTier = byTier(all);
  for (const tier of itemsOf(memberOf(document, 'tiers')))
    add(memberOf(tier, 'require'), inTier.get(memberOf(tier, 'id').value) ?? []);
  for (const capability of all) add(memberOf(capability, 'require'), [capability]);
  return found;
}

function byTier(capabilities: readonly Written[]): ReadonlyMap<unknown, readonly Written[]> {
  const tiers = new Map<unknown, Written[]>();
  for (const capability of capabilities) {
    const tier = memberOf(capability, 'tier').value;
    const others = tiers.get(tier);
    if (others === undefined) tiers.set(tier, [capability]);
    else others.push(capability);
  }
  return tiers;
}

function collect(list: Written, capabilities: readonly Written[], depth: number, found: PlacedConstraint[]): void {
  for (const constraint of itemsOf(list)) {
    const kind = memberOf(constraint, 'kind').value;
    if (kind === undefined) continue;
    found.push({ ...constraint, kind, depth, capabilities });
    if ((kind === 'allOf' || kind === 'anyOf') && depth < DEEPEST_GROUP)
      collect(memberOf(constraint, 'of'), capabilities, depth + 1, found);
  }
}
