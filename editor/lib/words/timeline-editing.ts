/** Copy for changing timelines: events, expectations, versions side by side. */

export const EDITING = {
  add: 'Add an event',
  addHere: (moment: string): string => `Add an event at ${moment}`,
  undo: 'Undo in the timeline',
  redo: 'Redo in the timeline',
  time: 'Time',
  timeHint: '+3h12m from here, 2h from the start, 18:30, or a date and time',
  remove: 'Remove this event',
  close: 'Close',
  earlier: '15 minutes earlier',
  later: '15 minutes later',
  keys: 'Arrow keys move a chosen event by 15 minutes, with Shift by an hour, with Alt by a minute; Delete removes it. Events can be dragged.',
  rename: 'Title',
  new: 'New timeline',
  blank: 'blank',
  newTitle: 'A new story',
  duplicate: 'Duplicate',
  copyTitle: (title: string): string => `${title}, another way`,
  download: 'Download',
  discard: 'Discard changes',
  more: 'This timeline',
  kept: 'Edited, kept with the draft',
  keeping: 'Keeping…',
  failed: 'Edited, and not kept',
  conflict: 'Edited by somebody else too',
  fileName: (name: string): string => `${name}.json`,
  unset: 'not said',
  flags: { true: 'yes', false: 'no' },
  added: (label: string, moment: string): string => `${label} added at ${moment}`,
  removed: (label: string): string => `${label} removed`,
  moved: (label: string, moment: string): string => `${label} moved to ${moment}`,
  timeProblem: {
    unreadable: 'This is no time: write 2h, +30m, 18:30 or a date and time.',
    before: 'This lies before the timeline starts.',
    after: 'This lies after the timeline ends.',
  },
} as const;

/** Menu of events by what they are about. */
export const EVENT_SUBJECTS: readonly (readonly [subject: string, types: readonly string[]])[] = [
  [
    'The person',
    ['attempt', 'step-up', 'session-established', 'user-activity', 'sign-out', 'account-switch', 'biometric-change'],
  ],
  ['Network and tokens', ['connectivity-change', 'token-refresh', 'other-sign-in', 'session-presented']],
  [
    'The server says',
    [
      'permission-snapshot',
      'token-claims-change',
      'session-revoked',
      'account-disabled',
      'account-enabled',
      'account-purged',
      'credential-change',
      'credential-compromise',
      'assurance-level-change',
      'risk-level-change',
      'device-compliance-change',
    ],
  ],
  ['The device', ['clock-change', 'time-zone-change', 'sleep', 'wake', 'reboot', 'storage-lost']],
  [
    'The app',
    [
      'app-foreground',
      'app-background',
      'app-restart',
      'facts-change',
      'policy-activated',
      'command-enqueue',
      'command-execute',
      'command-result',
    ],
  ],
];

export const PINNING = {
  pin: 'Expect this from now on',
  because: 'Because',
  becauseHint: 'Why it must be so, in a sentence your colleagues would say',
  save: 'Pin',
  cancel: 'Cancel',
  needed: 'Say why first: an expectation without a reason cannot be judged later.',
  unpin: 'Remove this expectation',
  range: (from: string, to: string): string =>
    from === to ? `Expected at ${from}.` : `Expected from ${from} to ${to}: until then it stays as it is.`,
  pinned: 'Pinned. The timeline now checks this.',
  unpinned: 'Expectation removed',
} as const;

export const COMPARING = {
  with: 'Compare with',
  nothing: 'nothing',
  version: (version: number): string => `version ${version}`,
  published: (version: number): string => `version ${version} as published`,
  heading: 'What the change does in this story',
  same: 'The same throughout: whoever lives this story notices no difference.',
  only: (version: number): string =>
    `Nothing to compare: this story plays version ${version} from start to end, so both sides are version ${version}. Choose another version, or say in the story’s “policy” which one it should play.`,
  permitted: 'Newly allowed',
  denied: 'Newly refused',
  other: 'before',
  from: (before: string, after: string): string => `${before} becomes ${after}`,
  again: 'Compare again',
  more: (count: number): string => `… and ${count} more. The lanes show them all.`,
} as const;

/** How a comparison with a version is getting on; nothing to say once it is there. */
export function comparedText(state: 'nothing' | 'done' | 'running' | 'failed', version: number): string {
  switch (state) {
    case 'nothing':
    case 'done':
      return '';
    case 'running':
      return `Telling the same story of version ${version}…`;
    case 'failed':
      return 'The comparison failed. This browser may not have enough memory for it.';
  }
}

export const LIMITS = {
  heading: 'Limits nobody checks',
  all: 'Every limit is checked on both sides by some timeline.',
  states: {
    crossed: 'passed in a story, but no expectation looks at both sides of it',
    unreached: 'no story gets there',
    probed: 'checked',
  },
  badge: 'Nobody checks this limit',
  show: 'Show in the document',
  go: 'Go to the moment',
  of: (length: string, what: string): string => `${what}: ${length}`,
} as const;

/** What a limit measures, in words. */
export const MEASURED: Readonly<Record<string, string>> = {
  serverConfirmation: 'time since the server confirmed the session',
  authTime: 'time since sign-in',
  activity: 'time without activity',
  permissionSnapshot: 'age of the permissions',
  policyIssue: 'age of the policy',
  proof: 'age of the unlock',
  pause: 'pause after the unlock',
  deviceUnlock: 'age of the device unlock',
  accessTokenExpiry: 'expiry of the access token',
  accessTokenMargin: 'margin before the access token expires',
  refreshIdleExpiry: 'idle expiry of the refresh token',
  refreshAbsoluteExpiry: 'end of the refresh token',
  policyExpiry: 'expiry of the policy',
  provenConfirmation: 'proven time since the server confirmed the session',
  windowStart: 'opening of a window',
  windowEnd: 'closing of a window',
  exception: 'exception from opening hours',
  clockDrift: 'how far the clock may be off',
  uses: 'uses while offline',
};
