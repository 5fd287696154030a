/** Bugs in all other kinds of constraint. */
import { inFile, type Bug } from './bug.ts';

export const ruleBugs: readonly Bug[] = [
  ...inFile('constraints/assurance.ts', [
    [
      'assurance-unknown-passes',
      'if (acr !== undefined && acrAny.includes(acr) &&',
      'if ((acr === undefined || acrAny.includes(acr)) &&',
      'an unknown strength passes',
    ],
    [
      'assurance-factors-ignored',
      'amr !== undefined && holds(amr, undefined, amrAll)',
      'amr !== undefined',
      'the factors asked for are not looked at',
    ],
  ]),
  ...inFile('constraints/check.ts', [
    ['any-held-is-all', 'any.some(', 'any.every(', 'one of several roles is no longer enough'],
    ['all-held-is-any', 'all.every(', 'all.some(', 'one of several scopes is enough'],
  ]),
  ...inFile('constraints/grant.ts', [
    [
      'grant-unsigned-passes',
      `return integrity === 'signed' ? undefined : MISSING`,
      `return integrity === 'unsigned' ? MISSING : undefined`,
      'a snapshot of unknown origin counts as signed',
    ],
    [
      'grant-age-ignored',
      'return olderThan(facts, fetchedAt, limit) ? STALE : undefined',
      'return undefined',
      'roles removed a week ago still count',
    ],
    [
      'grant-missing-readable',
      `code === MISSING && onMissing === 'readOnly'`,
      `code !== undefined && onMissing === 'readOnly'`,
      'a role that was taken away reads as merely unknown',
    ],
    [
      'grant-age-absent-passes',
      `if (typeof fetchedAt !== 'number') return unknown(fetchedAt)`,
      `if (typeof fetchedAt !== 'number') return undefined`,
      'a snapshot of unknown age counts as young',
    ],
  ]),
  ...inFile('constraints/device.ts', [
    [
      'device-unknown-passes',
      'if (value === undefined || value === null) code = worse(code, unread(value))',
      'if (value === undefined) continue; else if (value === null) code = worse(code, unread(value))',
      'a device that says nothing is managed',
    ],
    [
      'device-weaker-storage',
      'STORAGE.indexOf(level as StorageLevel) >= STORAGE.indexOf(storageAtLeast)',
      'STORAGE.indexOf(level as StorageLevel) <= STORAGE.indexOf(storageAtLeast)',
      'plain storage passes where hardware is asked for',
    ],
    [
      'device-changed-passes',
      'good: (value) => value === binding',
      'good: Boolean',
      'a device that is no longer the same one passes',
    ],
  ]),
  ...inFile('constraints/quota.ts', [
    [
      'quota-one-more',
      `return count < limit ? undefined : 'quota_exhausted'`,
      `return count <= limit ? undefined : 'quota_exhausted'`,
      'one use more than allowed',
    ],
    [
      'quota-absent-is-zero',
      'if (value === undefined) return undefined',
      'if (value === undefined) return 0',
      'a lost counter starts again',
    ],
    ['quota-negative', '(value as number) >= 0 ?', '(value as number) >= -1 ?', 'a counter below zero gives uses away'],
  ]),
  ...inFile('constraints/clock.ts', [
    ['clock-turned-back', `clockState !== 'rolled_back' && clock`, 'clock', 'a clock turned back is trusted'],
    ['clock-proven-is-trusted', `proven ? clockState === 'ok' : `, '', 'a clock after a reboot counts as proven'],
    ['clock-unknown-passes', 'return unread(clockState)', 'return undefined', 'an unknown clock is believed'],
  ]),
  ...inFile('constraints/risk.ts', [
    [
      'risk-turned-round',
      'RISK_LEVELS.indexOf(level) <= RISK_LEVELS.indexOf(atMost)',
      'RISK_LEVELS.indexOf(level) >= RISK_LEVELS.indexOf(atMost)',
      'only high risk passes',
    ],
    ['risk-unknown-is-low', 'return unread(level)', 'return undefined', 'no word of risk is taken for none'],
  ]),
  ...inFile('constraints/schedule.ts', [
    ['schedule-night-lost', 'to > from ? to : to + 1440', 'to', 'a window over midnight never opens'],
    [
      'schedule-turned-clock',
      'if (code !== undefined) return code',
      `if (code === 'fact_missing') return code`,
      'a clock turned back opens a window again',
    ],
    ['schedule-exceptions-lost', 'except.map(exceptionOf)', '[]', 'the office is open on holidays'],
    [
      'schedule-one-day-exception',
      '{ from: except, to: except } : except',
      '{ from: except, to: except } : { from: except.from, to: except.from }',
      'of a week’s closure only the first day counts',
    ],
    [
      'schedule-unknown-zone',
      `if (zone === undefined) return 'schedule_unresolvable'`,
      'if (zone === undefined) return undefined',
      'a zone nobody knows is always open',
    ],
    [
      'schedule-not-watched',
      'if (facts.watching) recurs(',
      'if (!facts.watching) recurs(',
      'nobody says when a window closes',
    ],
    [
      'schedule-wrong-zone',
      `timeZone === 'device' ? text(device ? device.timeZone : device) : timeZone`,
      `text(device?.timeZone) ?? timeZone`,
      'a traveller’s own zone decides when the office is open',
    ],
  ]),
  ...inFile('constraints/when.ts', [
    [
      'when-not-opens',
      `return typeof truth === 'boolean' ? !truth : truth`,
      'return truth !== true',
      '`not` of something unknown is true',
    ],
    [
      'when-unknown-forgotten',
      `if (typeof child === 'string' && truth !== 'fact_missing') truth = child`,
      'continue',
      'a group forgets its unknown children',
    ],
    ['when-inclusive', 'lessThan: (a, b) => a < b', 'lessThan: (a, b) => a <= b', 'less than lets the limit itself in'],
    [
      'when-not-contained',
      'doesNotContain: (a, b) => !(a as readonly FactValue[]).includes(b)',
      'doesNotContain: (a, b) => (a as readonly FactValue[]).includes(b)',
      'who holds the role is let in where nobody with it may be',
    ],
  ]),
  ...inFile('constraints/when-facts.ts', [
    [
      'when-nan',
      'return Number.isFinite(value) ? (value as number) : null',
      `return typeof value === 'number' ? value : null`,
      'NaN and infinity are compared as numbers',
    ],
  ]),
  ...inFile('constraints/groups.ts', [
    [
      'all-is-any',
      'if (code !== undefined) return code;\n      }\n      return undefined;',
      'if (code === undefined) return undefined;\n      }\n      return undefined;',
      'a group that asks for all asks for nothing',
    ],
    [
      'any-is-first',
      'if (code === undefined) return undefined;\n      }\n      return code;',
      'return code;\n      }\n      return code;',
      'only the first branch of a choice counts',
    ],
  ]),
  ...inFile('constraints/offline.ts', [
    [
      'offline-allowed',
      `(facts.online ? undefined : 'online_required')`,
      `(facts.connectivity === 'offline' ? 'online_required' : undefined)`,
      'an unknown network counts as online',
    ],
  ]),
];
