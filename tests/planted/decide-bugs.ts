/** Bugs in what is made of the constraints. */
import { inFile, type Bug } from './bug.ts';

export const decideBugs: readonly Bug[] = [
  ...inFile('facts.ts', [
    [
      'no-time-no-checks',
      'timed && asked ? (asked.checks[level] as readonly unknown[]) : NONE',
      'asked?.checks[0] ?? NONE',
      'what is raised to confidential is judged as public',
    ],
  ]),
  ...inFile('collect.ts', [
    [
      'challenge-for-any',
      `if (outcome === 'deny') return outcome;\n  return 'challenge';`,
      `if (outcome === 'challenge') return outcome;\n  return 'deny';`,
      'a fingerprint is asked for where nothing would help',
    ],
  ]),
  ...inFile('decide.ts', [
    ['gates-forgotten', 'if (!gatesOpen(read)) {', 'if (!read.timed) {', 'a locked account decides as if it were not'],
    [
      'gates-stop-the-rest',
      'return collect(read.checks, read, unmet)',
      'return unmet ?? collect(read.checks, read)',
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
      `confirmed: read.online && read.authState === 'ACTIVE'`,
      `confirmed: read.authState === 'ACTIVE'`,
      'an offline answer says that the server confirmed it',
    ],
    ['permits-skips-gates', 'if (!gatesOpen(read)) return false', '', 'the quick answer forgets the account’s state'],
    [
      'permits-any',
      'if (check.test(read) !== undefined) return false;\n    return true',
      'if (check.test(read) === undefined) return true;\n    return false',
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
