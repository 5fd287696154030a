/** What helps against each reason. */
import type { Unmet } from './collect.ts';
import { remedyFor, type Remedy } from './decision.ts';
import { NONE, type Facts } from './facts.ts';

function remedyOf({ reason: { code }, by }: Unmet, facts: Facts): Remedy {
  if (code === 'assurance_insufficient' && by === 'assurance') return 'reauthenticate';
  return code === 'token_not_fresh' && !facts.online ? 'connect' : remedyFor(code);
}

/** In the order of the reasons, without repeats. */
export function remediesOf(unmet: readonly Unmet[], facts: Facts): readonly Remedy[] {
  if (unmet.length === 0) return NONE;
  return unmet.map((each) => remedyOf(each, facts)).filter((remedy, i, all) => all.indexOf(remedy) === i);
}
