/** How long one may go on without the server. */
import type { Constraint } from '../policy.ts';
import type { Milliseconds } from '../request.ts';

/**
 * The longest time since the last confirmation at which these constraints may still hold while offline: 0 when they
 * ask for a connection, Infinity when they set no bound.
 */
export function offlineWindow(list: readonly Constraint[]): Milliseconds {
  return list.reduce((shortest, constraint) => Math.min(shortest, windowOf(constraint)), Infinity);
}

function windowOf(constraint: Constraint): Milliseconds {
  switch (constraint.kind) {
    case 'online':
      return 0;
    case 'maxAge':
      return constraint.of === 'serverConfirmation' ? constraint.limit : Infinity;
    case 'allOf':
      return offlineWindow(constraint.of);
    case 'anyOf':
      return Math.max(...constraint.of.map(windowOf));
    default:
      return Infinity;
  }
}

/** The shortest limit on the server's last confirmation among these; Infinity without one. */
export function confirmationLimit(list: readonly Constraint[]): Milliseconds {
  return list.reduce(
    (shortest, each) => (isConfirmationAge(each) ? Math.min(shortest, each.limit) : shortest),
    Infinity,
  );
}

/** Whether it is a `maxAge` of the server's confirmation: what sets a window offline. */
export function isConfirmationAge(constraint: Constraint): constraint is Extract<Constraint, { kind: 'maxAge' }> {
  return constraint.kind === 'maxAge' && constraint.of === 'serverConfirmation';
}

/** The longest window that lint lets pass, and the one it proposes: 14 days. */
export const LONGEST_WINDOW: Milliseconds = 14 * 86_400_000;
