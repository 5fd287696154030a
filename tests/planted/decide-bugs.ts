/** Bugs in what is made of the constraints. */
import { inFile, type Bug } from './bug.ts';

export const decideBugs: readonly Bug[] = [
  ...inFile('decide.ts', [
    [
      'no-time-no-checks',
      'const applies = facts.timed ? capability?.checks[subject.level] : undefined',
      'const applies = capability?.checks[0]',
      'what is raised to confidential is judged as public',
    ],
    [
      'challenge-for-any',
      'return reasons.every(({ code }) => CHALLENGES',
      'return reasons.some(({ code }) => CHALLENGES',
      'a fingerprint is asked for where nothing would help',
    ],
    [
      'gates-forgotten',
      'if (gatesOpen(facts, subject)) return NONE',
      'if (facts.timed) return NONE',
      'a locked account decides as if it were not',
    ],
    [
      'gates-stop-the-rest',
      'gates.length === 0 ? found.unmet : [...gates, ...found.unmet]',
      'gates.length === 0 ? found.unmet : gates',
      'the reasons behind a gate are not told',
    ],
    [
      'report-only-obliges',
      'obligations: enforced ? obligations : NONE',
      'obligations',
      'a trial policy wipes devices',
    ],
    [
      'confirmed-offline',
      `confirmed: facts.online && facts.authState === 'ACTIVE'`,
      `confirmed: facts.authState === 'ACTIVE'`,
      'an offline answer says that the server confirmed it',
    ],
    [
      'permits-skips-gates',
      'if (!gatesOpen(facts, subject)) return false',
      '',
      'the quick answer forgets the account’s state',
    ],
    [
      'permits-any',
      'if (check.test(facts) !== undefined) return false;\n    return true',
      'if (check.test(facts) === undefined) return true;\n    return false',
      'the quick answer is yes when anything holds',
    ],
    [
      'fault-permits',
      `remedies: ['none'] };`,
      `remedies: ['none'], outcome: 'permit' };`,
      'a fault of the engine opens the door',
    ],
  ]),
];
