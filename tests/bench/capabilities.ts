/** What the requests ask about: field-service's three kinds of capability, under as many names as one likes. */
import { CAPABILITIES, type CapabilityId } from './requests.ts';

/** A capability's name, and which of the three it is like. */
export interface Asked {
  readonly id: string;
  readonly like: CapabilityId;
}

/** `count` capabilities: the three under their own names, then the three again and again under further ones. */
export function capabilitiesOf(count: number): readonly Asked[] {
  return Array.from({ length: count }, (_, index) => {
    const like = CAPABILITIES[index % CAPABILITIES.length] ?? CAPABILITIES[0];
    return { id: index < CAPABILITIES.length ? like : `${like}_${Math.floor(index / CAPABILITIES.length)}`, like };
  });
}

/** Which of the three each name is like. */
export function likenesses(capabilities: readonly Asked[]): ReadonlyMap<string, CapabilityId> {
  return new Map(capabilities.map(({ id, like }) => [id, like]));
}

/** By the name asked for. Throws for a name that nobody was told about. */
export function partOf<T>(parts: ReadonlyMap<string, T>, id: string): T {
  const part = parts.get(id);
  if (part === undefined) throw new TypeError(`the contenders do not know ${id}`);
  return part;
}
