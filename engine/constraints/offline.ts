/** The last constraint of a capability that is forbidden offline: implied by `offline: forbid`. */
import { checkOf, tell, type Check } from './check.ts';

/** `path` is where the document said so. */
export function compileForbidOffline(path: string): Check {
  return checkOf('offline', path, {
    test: (facts) => (facts.online ? undefined : 'online_required'),
    measure(finding, facts) {
      tell(finding, 'online', facts.connectivity);
    },
  });
}
