/** Words of publishing: where, when, what is replaced, plans and emergencies. */
export const page = {
  title: (number: number): string => `Publish revision ${number}`,
  back: (number: number): string => `Revision ${number}`,
  environments: 'Where',
  noEnvironments: 'There is no environment yet. An admin makes one in the settings.',
  live: (version: number, number: number): string => `v${version} is live (revision ${number})`,
  nothingLive: 'Nothing is live here yet',
  approvalOff: 'Approval off',
  approvalOffText: (environment: string): string =>
    `Approval is switched off for ${environment}: whoever may publish does so alone. History says so of every release.`,
  may: 'It may go there when its timelines hold.',
  isLive: 'This is what is live there.',
  nothing: 'There is nothing to publish there',
  not: 'It cannot be published there now',
  roleNot: 'Your role cannot publish. Ask an approver or an admin.',
} as const;

export const preview = {
  heading: 'What is replaced',
  replaces: (version: number, number: number): string => `Live there is v${version} (revision ${number}):`,
  release: (seq: number, name: string): string => `release ${seq} by ${name}`,
  by: (version: number, number: number): string => `v${version} (revision ${number}) takes its place.`,
  itself: 'Nothing: this revision is what is live there, since',
  first: 'Nothing: it is the first release of this policy there.',
  same: 'The texts are the same, to the letter.',
  backHeading: 'Going back',
  back: (number: number): string =>
    `To go back, publish revision ${number} again. Apps get it as a newer release with the old content.`,
  backApproved: 'It is approved, so that needs no new review.',
  backUnapproved: 'Nobody has approved it here, so that needs a review first, or an emergency publish.',
  backFirst: 'There is no earlier release there to go back to. Restore or submit another revision instead.',
  open: (number: number): string => `Open revision ${number}`,
  texts: 'Texts that change',
} as const;

export const form = {
  heading: 'Publish',
  when: 'When',
  now: 'Now',
  later: 'At a time',
  time: 'Local time',
  zone: (zone: string): string => `In your zone, ${zone}.`,
  utc: (instant: string): string => `That is ${instant}.`,
  recheck: 'Everything is checked again when the hour comes.',
  reason: 'Why',
  reasonHint: 'An auditor reads it years later.',
  ticket: 'Ticket (optional)',
  publish: (environment: string): string => `Publish to ${environment}`,
  plan: (environment: string): string => `Plan for ${environment}`,
  busy: 'The server plays the timelines…',
  demands: 'The server plays all timelines once more, and publishes only when every one holds.',
} as const;

export const plans = {
  heading: 'Planned',
  none: 'Nothing is planned.',
  what: (number: number, environment: string): string => `Revision ${number} to ${environment}`,
  by: 'planned by',
  states: { waiting: 'Waiting', cancelled: 'Cancelled', fired: 'Published', refused: 'Refused' },
  cancel: 'Cancel',
  cancelNamed: (what: string): string => `Cancel: ${what}`,
  busy: 'Cancelling…',
} as const;

export const emergency = {
  heading: 'In an emergency',
  text: 'Publishes now, without an approval and whatever the timelines say. It is marked red for good, and somebody else must look back at it.',
  open: 'Publish in an emergency…',
  reason: 'What happened',
  reasonHint: 'At least 20 characters. An auditor will read it.',
  ticket: 'Ticket (optional)',
  understood: 'Somebody who neither publishes nor wrote it will look back at this.',
  publish: (environment: string): string => `Break the glass for ${environment}`,
  busy: 'Publishing…',
  not: 'Not even in an emergency',
} as const;

export const lookBacks = {
  heading: (count: number): string =>
    count === 1
      ? 'An emergency publish waits to be looked back at'
      : `${count} emergency publishes wait to be looked back at`,
  what: (environment: string): string => `, published to ${environment} by`,
  revision: (policy: string, number: number): string => `${policy}, revision ${number}`,
} as const;
