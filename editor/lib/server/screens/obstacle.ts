import type { Obstacle } from '$lib/state/change-facts.ts';
import type { Refusal } from '../refusal.ts';

/** A refusal as a page shows it before anybody tries. */
export function obstacleOf(refusal: Refusal | null): Obstacle | null {
  if (refusal === null) return null;
  // A page that was let in refuses nobody: it tells what the role is not for.
  return { code: refusal.code === 'not_allowed' ? 'role' : refusal.code, text: refusal.message };
}
