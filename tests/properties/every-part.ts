/** A document that uses every key and every kind of constraint. */
export const EVERY_PART = {
  $schema: '../../schemas/policy.v1.schema.json',
  language: 1,
  id: 'every-part',
  version: 3,
  title: 'Every part',
  description: 'Uses all that the language has.',
  mode: 'report_only',
  clock: { tolerance: '2m', expiryMargin: '90s' },
  facts: {
    job_value: { type: 'number', title: 'Value of the job' },
    urgent: { type: 'boolean' },
    tags: { type: 'string[]' },
  },
  conditions: {
    cheap: {
      all: [{ fact: 'job_value', operator: 'lessThanInclusive', value: 500, name: 'up to 500' }],
      name: 'cheap',
    },
    calm: { not: { any: [{ fact: 'urgent', operator: 'equal', value: true }, { condition: 'cheap' }] } },
  },
  guards: [
    {
      kind: 'schedule',
      timeZone: 'Europe/Berlin',
      windows: [
        { days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '06:00', end: '24:00' },
        { days: ['sat'], start: '22:00', end: '06:00' },
      ],
      except: ['2026-12-25', { from: '2026-12-31', to: '2027-01-01' }],
    },
    {
      kind: 'when',
      conditions: {
        any: [
          { fact: 'permissions.roles', operator: 'contains', value: 'nurse' },
          { fact: 'tags', path: '$[0]', operator: 'notEqual', value: { fact: 'session.amr', path: '$[1]' } },
          { fact: 'resource.type', operator: 'in', value: ['order', 'photo'] },
          { condition: 'calm' },
        ],
      },
    },
    { kind: 'token', is: 'refreshable' },
    { kind: 'device', compliant: true, storageAtLeast: 'os', binding: 'unchanged' },
    { kind: 'maxAge', of: 'serverConfirmation', limit: '14d' },
    { kind: 'risk', atMost: 'MEDIUM' },
  ],
  sensitivity: {
    public: [],
    internal: [{ kind: 'clock', is: 'trusted' }],
    confidential: [{ kind: 'stepUp', amrAny: ['face', 'fpt', 'pin'], maxIdle: '15m', acceptDeviceUnlock: '5m' }],
    restricted: [{ kind: 'online', token: 'fresh' }],
  },
  tiers: [
    { id: 'low', title: 'Low', sensitivity: 'public', require: [] },
    {
      id: 'high',
      require: [
        {
          kind: 'anyOf',
          of: [
            { kind: 'online' },
            {
              kind: 'allOf',
              of: [
                { kind: 'clock', is: 'proven' },
                { kind: 'maxAge', of: 'activity', limit: '1d12h' },
              ],
            },
          ],
        },
        { kind: 'assurance', acrAny: ['urn:example:aal2'], amrAll: ['pwd', 'otp'] },
      ],
    },
  ],
  capabilities: [
    {
      id: 'song.view',
      title: 'View a song',
      tier: 'low',
      access: 'read',
      offline: 'forbid',
      require: [
        { kind: 'schedule', timeZone: 'device', windows: [{ days: ['mon', 'sun'], start: '00:00', end: '24:00' }] },
      ],
    },
    {
      id: 'song.edit',
      tier: 'low',
      access: 'write',
      serverBound: true,
      offline: 'enqueue',
      require: [
        { kind: 'grant', rolesAny: ['editor'], maxAge: '8h', integrity: 'signed', onMissing: 'readOnly' },
        { kind: 'token', is: 'unexpired' },
        { kind: 'quota', limit: 200, per: 'offlinePeriod' },
      ],
    },
    {
      id: 'song.delete',
      tier: 'high',
      access: 'write',
      serverBound: true,
      require: [
        { kind: 'stepUp', amrAll: ['face'], everyUse: true, surviveReboot: true },
        { kind: 'grant', scopesAll: ['songs:delete'], onMissing: 'deny' },
        { kind: 'grant', rolesAll: ['editor', 'owner'] },
      ],
    },
  ],
  onState: {
    ACTIVE: {},
    OFFLINE_STALE: { present: 'banner' },
    REAUTH_REQUIRED: { present: 'blocking', obligations: ['audit'], tiers: { low: 'readOnly', high: 'locked' } },
    LOCKED: { obligations: ['clearTokens', 'lock', { type: 'notify', to: 'admin' }], present: 'blocking' },
    SIGNED_OUT: { present: 'toast', obligations: ['revokeOnReconnect', 'refreshOnReconnect'] },
  },
  warn: [
    { of: 'serverConfirmation', after: '12d', tiers: ['low', 'high'] },
    { of: 'policyIssue', after: '30d' },
  ],
  wipe: {
    scope: 'tier',
    tier: 'high',
    method: 'cryptoShred',
    when: [{ event: 'account-disabled' }, { failedStepUps: 5 }, { maxAge: '72h', evidence: 'provenOrFailedReauth' }],
  },
  signOut: { mode: 'hard', pending: 'block' },
  notes: { reasonAdmin: { en: 'First version' }, reasonUser: { 'de-CH': 'Erste Fassung' }, reviewBy: '2028-02-29' },
};
