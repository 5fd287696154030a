/** One sentence for every type of entry that the log can hold. */

/** What a sentence may speak of. Names are those people know; a text that is not known is empty. */
export interface SentenceFacts {
  readonly type: string;
  /** Who did it. */
  readonly who: string;
  /** The person it is about. */
  readonly whom: string;
  /** Whether both are one. */
  readonly self: boolean;
  /** The policy’s title. */
  readonly policy: string;
  /** The environment’s title. */
  readonly environment: string;
  /** Of the revision within its policy. */
  readonly number: number | null;
  /** Of the policy document. */
  readonly version: number | null;
  /** What an app key is called. */
  readonly key: string;
  readonly data: Readonly<Record<string, unknown>>;
}

type Sentence = (facts: SentenceFacts) => string;

/** Who acts when nobody does. */
export const system = 'Latchkey';
export const nobodyKnown = 'somebody without an account';
export const erased = (id: string): string => `an erased person (${id.slice(0, 8)})`;
export const appKey = (name: string): string => `the app key ‘${name}’`;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const revision = ({ number }: SentenceFacts): string => (number === null ? 'a revision' : `revision ${number}`);
const version = ({ version: of }: SentenceFacts): string => (of === null ? 'a version' : `version ${of}`);
/** `Ann’s`, or `their own` when it is the one who acts. */
const whose = ({ self, whom }: SentenceFacts): string => (self ? 'their own' : `${whom}’s`);

/** What the log calls the ways of proving who one is. */
const PROOFS: Readonly<Record<string, string>> = {
  password: 'with a password',
  code: 'with a code',
  recovery_code: 'with a recovery code',
  provider: 'with the organisation’s own sign-in',
};
const proof = ({ data }: SentenceFacts): string => {
  const named = PROOFS[text(data['by'])];
  return named === undefined ? '' : `, ${named}`;
};

/** Why a planned publish did not go out. */
const STOPPED: Readonly<Record<string, string>> = {
  not_allowed: 'whoever planned it may not publish any more',
  revision_stale: 'a newer revision was submitted meanwhile',
  changes_requested: 'a reviewer asked for changes',
  not_approved: 'it had no approval any more',
  environment_unknown: 'there was no such environment any more',
  content_changed: 'the revision does not hold what was planned',
  policy_has_errors: 'the policy has errors',
  already_live: 'exactly this text was live there already',
  version_taken: 'another text was published as this version',
  version_not_higher: 'the version that was live there was not lower',
  timelines_failed: 'not every timeline gave what it expects',
  evidence_damaged: 'what is stored of the revision is not what was submitted',
  revision_unknown: 'there was no such revision any more',
};

/** The part of a release’s sentence that its kind decides. */
function published(facts: SentenceFacts): string {
  const { who, policy, environment, data } = facts;
  const what = `${version(facts)} of ${policy}`;
  const open = data['approvalRequired'] === false ? ' Nobody had to approve it: approval is switched off there.' : '';
  switch (data['kind']) {
    case 'imported':
      return `${capital(what)} came from files and went live in ${environment}.`;
    case 'scheduled':
      return `${capital(what)} went live in ${environment}, as ${who} had planned.${open}`;
    case 'break_glass':
      return `Emergency: ${who} published ${what} in ${environment} without waiting for an approval.`;
    default:
      return `${who} published ${what} in ${environment}.${open}`;
  }
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `7 days`, `1 day`. */
function days(count: unknown): string {
  return count === 1 ? '1 day' : `${Number(count)} days`;
}

/** Of timelines that the revision before still had. */
function dropped({ data: { timelinesDropped: count = 0 } }: SentenceFacts): string {
  if (count === 0) return '';
  return `, which drops ${count === 1 ? 'a timeline' : `${Number(count)} timelines`}`;
}

const changes: Readonly<Record<string, Sentence>> = {
  'policy.made': ({ who, policy }) => `${who} made the policy ${policy}.`,
  'draft.edited': ({ who, policy }) => `${who} began to write in the draft of ${policy}.`,
  'draft.discarded': ({ who, policy }) => `${who} discarded the draft of ${policy}.`,
  'revision.submitted': (facts) => `${facts.who} submitted ${revision(facts)} of ${facts.policy}${dropped(facts)}.`,
  'revision.restored': (facts) =>
    `${facts.who} restored an earlier text of ${facts.policy} as ${revision(facts)}${dropped(facts)}.`,
  'revision.imported': (facts) => `${capital(revision(facts))} of ${facts.policy} came from files.`,
  'review.given': (facts) =>
    facts.data['verdict'] === 'approve'
      ? `${facts.who} approved ${revision(facts)} of ${facts.policy}.`
      : `${facts.who} asked for changes to ${revision(facts)} of ${facts.policy}.`,
  'comment.added': (facts) => `${facts.who} commented on ${revision(facts)} of ${facts.policy}.`,
  'timelines.run': (facts) =>
    facts.data['passed'] === 1
      ? `${facts.who} ran the timelines of ${revision(facts)} of ${facts.policy}: all held.`
      : `${facts.who} ran the timelines of ${revision(facts)} of ${facts.policy}: not all held.`,
  'release.published': published,
  'release.planned': ({ who, policy, environment }) => `${who} planned to publish ${policy} in ${environment}.`,
  'release.plan_cancelled': ({ who, policy, environment }) =>
    `${who} called off the planned publish of ${policy} in ${environment}.`,
  'release.plan_refused': ({ policy, environment, data }) =>
    `The planned publish of ${policy} in ${environment} did not go out: ${STOPPED[text(data['code'])] ?? text(data['code'])}.`,
  'release.looked_back_at': ({ who, policy, environment, data }) =>
    data['verdict'] === 'accept'
      ? `${who} looked back at the emergency publish of ${policy} in ${environment} and accepted it.`
      : `${who} looked back at the emergency publish of ${policy} in ${environment} and objected to it.`,
};

const installation: Readonly<Record<string, Sentence>> = {
  'installation.made': () => 'This installation was made, and its log began.',
  'signing_key.made': () => 'A key that signs checkpoints was made.',
  'policies.imported': ({ data }) => {
    const count = Array.isArray(data['policies']) ? data['policies'].length : 0;
    return `The import of policies from files ended: ${count === 1 ? '1 policy' : `${count} policies`} came in.`;
  },
  'environment.made': ({ who, environment }) => `${who} added the environment ${environment}.`,
  'environment.approval_required': ({ who, environment }) =>
    `${who} switched approval on for ${environment}: publishing there needs somebody else’s approval again.`,
  'environment.approval_waived': ({ who, environment }) =>
    `${who} switched approval off for ${environment}: publishing there needs nobody else.`,
};

const people: Readonly<Record<string, Sentence>> = {
  'setup_link.made': () => 'A one-time link to set up the first administrator was made.',
  'person.invited': ({ who, data }) =>
    `${who} made an invitation for somebody to join as ${text(data['role'])}, good for ${days(data['days'])}.`,
  'invitation.withdrawn': ({ who }) => `${who} withdrew an invitation.`,
  'person.joined': ({ whom, data }) =>
    data['by'] === 'setup_link'
      ? `${whom} set up this installation and joined as ${text(data['role'])}.`
      : `${whom} joined as ${text(data['role'])}, by invitation.`,
  'role.changed': ({ who, whom, self, data }) =>
    `${who} changed ${self ? 'their own' : `${whom}’s`} role from ${text(data['from'])} to ${text(data['to'])}.`,
  'person.deactivated': (facts) => `${facts.who} switched ${whose(facts)} account off.`,
  'person.reactivated': (facts) => `${facts.who} switched ${whose(facts)} account on again.`,
  'person.erased': ({ who, whom, self }) =>
    `${who} erased ${self ? 'themselves' : whom}: name, address and password are gone for good.`,
  'two_factor.reset': (facts) => `${facts.who} took the second factor from ${whose(facts)} account.`,
  'reset_link.issued': (facts) => `${facts.who} made a one-time link to reset ${whose(facts)} password.`,
  'password.reset': ({ whom }) => `${whom} set a new password with a one-time link.`,
  'password.changed': ({ whom }) => `${whom} changed their password.`,
  'sessions.ended': (facts) => `${facts.who} ended all of ${whose(facts)} sessions.`,
  'provider.linked': ({ whom, data }) =>
    data['passwordRemoved'] === true
      ? `${whom} came by the organisation’s own sign-in for the first time; the password that was there was removed.`
      : `${whom} came by the organisation’s own sign-in for the first time.`,
  'app_key.made': ({ who, key, environment }) => `${who} made ${key} for ${environment}.`,
  'app_key.revoked': ({ who, key, environment }) => `${who} revoked ${key} for ${environment}.`,
};

/** What a step that goes through the sign-in library is called: as somebody’s intent, done, and as a thing. */
const STEPS = {
  sign_in: ['to sign in', 'signed in', 'sign-in'],
  sign_out: ['to sign out', 'signed out', 'sign-out'],
  two_factor_setup: ['to set up a second factor', 'began to set up a second factor', 'set-up of a second factor'],
  two_factor_enable: ['to switch a second factor on', 'switched a second factor on', 'switching on of a second factor'],
  two_factor_disable: [
    ...(['to switch the second factor off', 'switched the second factor off'] as const),
    'switching off of the second factor',
  ],
  recovery_codes: ['to get new recovery codes', 'got new recovery codes', 'request for new recovery codes'],
} as const satisfies Readonly<Record<string, readonly [string, string, string]>>;

const steps: Readonly<Record<string, Sentence>> = Object.fromEntries(
  Object.entries(STEPS).flatMap(([step, [intent, done, thing]]): [string, Sentence][] => [
    [`${step}.intended`, (facts) => `Somebody asked ${intent} as ${facts.whom}${proof(facts)}.`],
    [`${step}.succeeded`, (facts) => `${capital(facts.whom)} ${done}${proof(facts)}.`],
    [`${step}.continued`, (facts) => `The ${thing} as ${facts.whom} went on to the second factor${proof(facts)}.`],
    [`${step}.failed`, (facts) => `A ${thing} as ${facts.whom} failed${proof(facts)}.`],
    [`${step}.throttled`, (facts) => `The ${thing} as ${facts.whom} was held back: too many attempts${proof(facts)}.`],
  ]),
);

/** By type, exactly as the log has it. */
export const sentences: ReadonlyMap<string, Sentence> = new Map(
  Object.entries({ ...changes, ...installation, ...people, ...steps }),
);

/** What an entry says. One of a type that this version does not know is told by its type. */
export function sentenceOf(facts: SentenceFacts): string {
  const told = sentences.get(facts.type);
  return capital(told === undefined ? `${facts.who} did something of the type ‘${facts.type}’.` : told(facts));
}
