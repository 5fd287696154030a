/** Settings of an installation, but for its people. */
export const settings = {
  title: 'Settings',
  tabs: {
    people: 'People',
    environments: 'Environments',
    'app-keys': 'App keys',
    'sign-in': 'Sign-in',
    storage: 'Storage',
  },
} as const;

export const environments = {
  title: 'Environments',
  text: 'Where apps run. Each has its own releases and its own keys.',
  empty: 'No environment yet',
  emptyText: 'Make one, such as production, to publish to.',
  asks: 'Needs an approval',
  asksText: 'What is published here was approved by somebody who did not write in it.',
  waived: 'No approval needed',
  waivedText: 'Anybody who may publish can publish their own work here, unseen by anybody else.',
  waive: 'Switch approval off…',
  require: 'Need an approval…',
  waiveTitle: (title: string): string => `Publish to ${title} without approval?`,
  waiveConfirm:
    'One person can then change alone what apps there allow. It is meant for who works alone, it is shown wherever something is published there, and the history says who switched it off and why.',
  reason: 'Why',
  reasonHint: 'An auditor reads it years later.',
  requireTitle: (title: string): string => `Need an approval for ${title}?`,
  requireConfirm: 'From now on somebody who did not write in it must approve what is published there.',
  waiveSubmit: 'Switch approval off',
  requireSubmit: 'Need an approval',
  changed: (title: string): string => `Changed for ${title}.`,
  make: 'New environment',
  makeText: 'Publishing to it needs an approval until you switch that off.',
  name: 'Title',
  nameHint: 'As people see it, such as Production.',
  id: 'Id',
  idHint: 'In keys and addresses: small letters, digits and ‘-’. It cannot be changed.',
  submit: 'Make it',
  made: (title: string): string => `${title} is made.`,
} as const;

export const appKeys = {
  title: 'App keys',
  text: 'What an app shows to read the releases of one environment.',
  empty: 'No keys yet',
  emptyText: 'Make one for each app and environment, so that each can be taken away alone.',
  noEnvironment: 'Make an environment first: a key opens exactly one.',
  make: 'New key',
  makeText: 'It opens one environment until it expires or is revoked.',
  name: 'Name',
  nameHint: 'The app that uses it, such as Field app, Android.',
  environment: 'Environment',
  expires: 'Expires on',
  expiresHint: 'When that day begins in UTC; two years from now at most.',
  submit: 'Make the key',
  key: 'Key',
  once: 'Copy it now: it is kept only as a hash and not shown again. Put it where the app’s secrets are.',
  done: 'Done',
  columns: { name: 'Name', environment: 'Environment', used: 'Last used', expires: 'Expires', state: 'State' },
  never: 'Never',
  by: (name: string): string => `made by ${name}`,
  works: 'Works',
  revoked: 'Revoked',
  expired: 'Expired',
  revoke: 'Revoke',
  revokeName: (name: string): string => `Revoke ${name}`,
  revokeTitle: (name: string): string => `Revoke ${name}?`,
  revokeText:
    'Apps that show it are turned away at once and go on with the release they have. It cannot be undone; make a new key instead.',
  revokeDone: (name: string): string => `${name} is revoked.`,
} as const;

export const signInSettings = {
  title: 'Sign-in',
  text: 'How people prove who they are. It is set where the server is started.',
  passwords: 'E-mail address and password',
  passwordRules: [
    'Passwords have at least 12 characters and are kept as slow hashes.',
    'Ten wrong tries stop an account for a quarter of an hour.',
    'A sign-in lasts twelve hours.',
  ],
  factorNeeded: 'Approvers and administrators need a second factor.',
  factorFree: 'The server listens to this machine alone, so nobody needs a second factor.',
  provider: 'Your organisation’s sign-in',
  none: 'None is set up. To let people in by OpenID Connect, register this address with your provider and start the server with these variables.',
  callback: 'Address to register (redirect URI)',
  variables: 'Variables',
  rows: {
    name: 'Name on the button',
    issuer: 'Issuer',
    clientId: 'Client id',
    authorizationUrl: 'Authorization endpoint',
    tokenUrl: 'Token endpoint',
    userInfoUrl: 'User-info endpoint',
    callbackUrl: 'Redirect URI',
  },
  rules:
    'It lets in who has an account here under an e-mail address that the provider vouches for. Nobody joins by it.',
  try: 'Try it',
  tryText: 'You go there and come back signed in as whom it names. If that is not you, sign in here again.',
  tried: (name: string): string => `It works: you came back as ${name}.`,
  failed: (code: string): string =>
    `It did not work (${code}). Compare the addresses and the client id with what the provider says, and see that it vouches for the e-mail address of an account here.`,
} as const;

export const storage = {
  title: 'Storage',
  text: 'Where everything is kept, and whether its history holds.',
  database: 'Database',
  kinds: { sqlite: 'SQLite, a file', postgres: 'PostgreSQL' },
  place: { sqlite: 'File', postgres: 'Name' },
  size: 'Size',
  schema: 'Schema',
  schemaText: (count: number, last: string): string => `Version ${count} (${last})`,
  durability: 'A commit lasts',
  durable: 'Yes: it is on disk before anything is answered',
  notDurable: (setting: string): string => `Not surely: the database says \`${setting}\``,
  integrity: 'History',
  checking: 'Being checked…',
  holds: (entries: string): string => `Verifies: ${entries} entries`,
  broken: (count: number): string => (count === 1 ? 'One place does not verify' : `${count} places do not verify`),
  unchecked: 'Could not be checked just now',
  checkedAt: 'checked',
  history: 'Open the history',
  commands: 'Commands',
  commandsText: 'Run them where the server runs, with its data folder and its variables.',
  backup: 'Back up, while the server runs',
  verify: 'Check the history',
  move: 'Move to PostgreSQL, with the server stopped',
  sizes: (bytes: number): string => {
    const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
    const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
    const number = bytes / 1000 ** power;
    return `${number.toLocaleString('en', { maximumFractionDigits: number < 10 && power > 0 ? 1 : 0 })} ${units[power]}`;
  },
} as const;

/** What an operator types. */
export const commands = {
  backup: 'npx latchkey-server backup latchkey.backup',
  verify: 'npx latchkey-server verify',
  move: 'npx latchkey-server move --to postgres://latchkey@localhost/latchkey',
} as const;

/** What an operator sets to let people in by the organisation’s own sign-in. */
export const providerVariables = [
  'LATCHKEY_OIDC_ISSUER',
  'LATCHKEY_OIDC_CLIENT_ID',
  'LATCHKEY_OIDC_CLIENT_SECRET',
  'LATCHKEY_OIDC_AUTHORIZATION_URL',
  'LATCHKEY_OIDC_TOKEN_URL',
  'LATCHKEY_OIDC_USERINFO_URL',
  'LATCHKEY_OIDC_NAME',
] as const;
