/** One's own account, and the links by which people come in. */
export const ownAccount = {
  link: 'Your account',
  title: 'Your account',
  who: 'Who you are',
  name: 'Name',
  email: 'E-mail address',
  role: 'Role',
  asks: 'Ask an administrator for another.',

  missing: (role: string): string =>
    `As ${role} you need a second factor on this installation. Set one up below; nothing else opens before that.`,
  ready: 'Everything is open to you now.',
  go: 'Go to the policies',

  password: {
    title: 'Password',
    text: 'A change signs you out everywhere else.',
    none: 'You sign in through your organisation, so there is no password here.',
    current: 'Present password',
    next: 'New password',
    submit: 'Change the password',
    done: 'The password is changed, and you are signed out everywhere else.',
  },

  factor: {
    title: 'Second factor',
    text: 'A code from an app on your phone, asked after the password, so that a stolen password is not enough.',
    provider: 'Your organisation’s sign-in vouches for you, so no code is asked here.',
    on: 'On: a code is asked after your password.',
    off: 'Off: the password alone lets you in.',
    setUp: 'Set up',
    renew: 'New recovery codes',
    turnOff: 'Turn off',
    needed: (role: string): string => `As ${role} you cannot turn it off on this installation.`,
    cancel: 'Cancel',
    password: 'Your password',
    why: {
      set_up: 'Type your password to begin.',
      renew: 'The codes you have stop working. Type your password to get new ones.',
      turn_off: 'Your password alone will then let you in. Type it to turn the second factor off.',
    },
    go: { set_up: 'Go on', renew: 'Make new codes', turn_off: 'Turn it off' },
    scan: 'Scan this with an authenticator app, such as the one that makes codes for your other accounts.',
    picture: 'Code to scan with an authenticator app',
    byHand: 'Or type this key into it',
    code: 'Code that the app shows',
    codeHint: 'Six digits. They change every half minute.',
    confirm: 'Turn it on',
  },

  codes: {
    title: 'Keep these recovery codes',
    text: 'Each lets you in once when the phone is lost. They are shown now and never again.',
    copy: 'Copy',
    copied: 'Copied',
    notCopied: 'The browser did not let us copy. Select the codes, or download them.',
    download: 'Download',
    file: 'latchkey-recovery-codes.txt',
    fileText: (codes: readonly string[]): string =>
      `Recovery codes for Latchkey. Each works once.\n\n${codes.join('\n')}\n`,
    kept: 'I have kept them',
    done: 'Done',
  },

  sessions: {
    title: 'Sessions',
    text: 'Signs you out in every browser, this one too. Do it when a device is lost.',
    submit: 'Sign out everywhere',
  },
} as const;

export const newPassword = {
  hint: 'At least 12 characters. A sentence is good.',
  optional: (provider: string): string =>
    `At least 12 characters. Leave it empty to come in only through ${provider}, which must know your address.`,
} as const;

export const joining = {
  title: 'Join Latchkey',
  text: (role: string, may: string): string => `You are invited as ${role}. ${may}`,
  name: 'Your name',
  email: 'E-mail address',
  emailHint: 'You sign in with it. It is never sent anything and stands in no history.',
  password: 'Password',
  submit: 'Join',
} as const;

export const resetting = {
  title: 'Choose a new password',
  text: (name: string): string => `For ${name}. It signs out every browser; your second factor stays.`,
  email: 'E-mail address',
  password: 'New password',
  submit: 'Set the password',
} as const;

export const link = {
  overTitle: 'This link does not work',
  overText: 'It was used, withdrawn or replaced by a newer one, or its time is over.',
  overWay: 'Ask the administrator who gave it to you for another. If you have an account already, sign in.',
  signIn: 'Sign in',
  inTitle: (name: string): string => `You are signed in as ${name}`,
  inText: 'A link like this is for one person. If it is for you, or you want to see it as they do, sign out first.',
  inStay: 'Stay signed in',
  inLeave: 'Sign out and go on',
} as const;
