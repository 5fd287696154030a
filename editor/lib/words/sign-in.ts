/** Signing in, and making the first account. */
export const signIn = {
  title: 'Sign in',
  text: 'To edit policies, review changes and read their history.',
  email: 'E-mail address',
  password: 'Password',
  submit: 'Sign in',
  with: (name: string): string => `Sign in with ${name}`,
  or: 'or',
  code: 'Code from your authenticator app',
  codeTitle: 'One more step',
  codeText: 'Your account asks for a second factor.',
  codeSubmit: 'Go on',
  recovery: 'Recovery code',
  useRecovery: 'Use a recovery code instead',
  useCode: 'Use a code from the app instead',
  forgotten: 'Password forgotten? An administrator can make you a link to choose a new one.',
  providerFailed:
    'The other sign-in did not work. Try again, or ask an administrator whether you have an account here.',
  done: {
    joined: 'Your account is made. Sign in with it.',
    reset: 'The password is set. Sign in with it.',
    everywhere: 'You are signed out everywhere.',
  },
  unreachable: 'The server does not answer. Check the connection and try again.',
} as const;

/** What just happened, by the name that an address gives it; null for any other. */
export const doneBefore = (name: string | null): string | null =>
  name !== null && Object.hasOwn(signIn.done, name) ? signIn.done[name as keyof typeof signIn.done] : null;

export const setUp = {
  title: 'Welcome to Latchkey',
  text: 'Make the first account. It administers this installation: it can invite others and give them roles.',
  name: 'Your name',
  email: 'E-mail address',
  emailHint: 'You sign in with it. It is never sent anything and stands in no history.',
  password: 'Password',
  submit: 'Make the account',
  wrongTitle: 'This link does not work',
  wrongText:
    'It can be used once, and only while nobody administers this installation. Start the server again to get another one.',
} as const;

export const session = {
  signOut: 'Sign out',
  menu: (name: string): string => `Account of ${name}`,
} as const;
