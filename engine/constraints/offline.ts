/** The last constraint of a capability that is forbidden offline: implied by `offline: forbid`. */
import type { Leaf } from './check.ts';

/** `path` is where the document said so. */
export function compileForbidOffline(path: string): Leaf {
  return {
    kind: 'offline',
    path,
    test: (facts) => (facts.online ? undefined : 'online_required'),
    measure: (facts) => ({ actual: facts.connectivity, limit: 'online' }),
  };
}
