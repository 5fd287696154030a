import type { Named } from '$lib/state/change-facts.ts';
import type { Person } from '../person.ts';
import type { Running } from '../running.ts';

/** Names behind ids, as this person may see them. */
export type Naming = (id: string) => Named;

/** Reads the names once for a page. */
export async function namingFor({ accounts }: Pick<Running, 'accounts'>, by: Person): Promise<Naming> {
  const names = await accounts.names(by);
  return (id) => ({ id, name: names.get(id) ?? null });
}
