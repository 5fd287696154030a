/** What a constraint's shape cannot say: how deep, how long, and where. */
import { quote, type Problem } from '../problem.ts';
import { DEEPEST_GROUP, type PlacedConstraint } from './constraints.ts';
import { memberOf, type Written } from './written.ts';

/** Groups nested more than 16 deep. */
export function groupDepth({ kind, depth, pointer }: PlacedConstraint): readonly Problem[] {
  if (depth < DEEPEST_GROUP || (kind !== 'allOf' && kind !== 'anyOf')) return [];
  const message = `groups are nested more than ${DEEPEST_GROUP} deep`;
  const help = 'flatten the groups: an `allOf` inside an `allOf` says no more than one list';
  return [{ code: 'cap_exceeded', pointer, message, help }];
}

/** `readOnly` without a snapshot makes sense only where nothing but writes can meet it. */
export function readOnlyPlace(constraint: PlacedConstraint): readonly Problem[] {
  const onMissing = memberOf(constraint, 'onMissing');
  if (constraint.kind !== 'grant' || onMissing.value !== 'readOnly') return [];
  const read = constraint.capabilities.find((capability) => memberOf(capability, 'access').value === 'read');
  if (read === undefined) return [];
  const message = `\`readOnly\` is for writes only, and this applies to ${named(read)}, which is a read`;
  const help = 'write `deny`, or put the constraint on the writes alone';
  return [{ code: 'read_only_not_allowed', pointer: onMissing.pointer, message, help }];
}

function named(capability: Written): string {
  const id = memberOf(capability, 'id').value;
  return typeof id === 'string' ? quote(id) : 'a capability';
}
