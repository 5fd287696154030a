/** Kinds of entries in the log, as people look for them. */
export const HISTORY_KINDS = [
  'changes',
  'reviews',
  'releases',
  'emergencies',
  'people',
  'sign-ins',
  'installation',
] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];

/** What the types of a kind begin with. An emergency is a release, told apart by what its entry says. */
export const TYPES_OF: Readonly<Record<Exclude<HistoryKind, 'emergencies'>, readonly string[]>> = {
  changes: ['policy.', 'draft.', 'revision.'],
  reviews: ['review.', 'comment.', 'timelines.'],
  releases: ['release.'],
  people: [
    ...['person.', 'role.', 'invitation.', 'setup_link.', 'password.', 'reset_link.', 'two_factor.', 'sessions.'],
    ...['provider.', 'app_key.'],
  ],
  'sign-ins': [
    ...['sign_in.', 'sign_out.', 'recovery_codes.'],
    ...['two_factor_setup.', 'two_factor_enable.', 'two_factor_disable.'],
  ],
  installation: ['installation.', 'signing_key.', 'policies.', 'environment.'],
};

/** The kind of an entry; one that no kind names is about the installation. */
export function kindOf(type: string, emergency: boolean): HistoryKind {
  if (emergency) return 'emergencies';
  const found = Object.entries(TYPES_OF).find(([, starts]) => starts.some((start) => type.startsWith(start)));
  return HISTORY_KINDS.find((kind) => kind === found?.[0]) ?? 'installation';
}

/** The kind that an address names; undefined when it names none. */
export function kindNamed(name: string): HistoryKind | undefined {
  return HISTORY_KINDS.find((kind) => kind === name);
}
