/** More than two weeks without the server: by then people, roles and devices have changed. */
import { quote } from '../../problem.ts';
import { formatDuration } from '../../time/duration.ts';
import type { Rule, Suspicion } from '../finding.ts';
import type { Conjunction } from '../scope.ts';
import { confirmationLimit, isConfirmationAge, LONGEST_WINDOW } from '../window.ts';

export const longWindow: Rule = ({ conjunctions }) => conjunctions.flatMap(ofConjunction);

function ofConjunction({ own, given, capabilities }: Conjunction): readonly Suspicion[] {
  const long = own.filter(isConfirmationAge);
  const onlyPublic = capabilities.length > 0 && capabilities.every(({ tier }) => tier.sensitivity === 'public');
  if (long.length === 0 || onlyPublic) return [];
  if (Math.min(confirmationLimit(given), confirmationLimit(own)) <= LONGEST_WINDOW) return [];
  return long.map(({ path, limit }) => {
    const value = formatDuration(LONGEST_WINDOW);
    return {
      code: 'long_window',
      pointer: `${path}/limit`,
      message: `people may go on for ${quote(formatDuration(limit))} without the server, longer than two weeks`,
      help: 'write `14d` or less, unless somebody has accepted the risk',
      repair: { title: `allow ${value}`, narrows: true, change: { replace: `${path}/limit`, value } },
    };
  });
}
