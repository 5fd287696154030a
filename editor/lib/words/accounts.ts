/** What accounts say to people when something is refused. */
export const refusals = {
  notAllowed: 'Your role does not allow this. Ask an administrator.',
  signedOut: 'You are signed out. Sign in and try again.',
  wrongSignIn: 'The e-mail address or the password is not right. Try again, or ask an administrator for a reset link.',
  deactivated: 'This account is switched off. Ask an administrator to switch it on.',
  wrongCode: 'This code is not right. Wait for the next one and type it, or use a recovery code.',
  secondStepOver: 'This sign-in took too long or was tried too often. Start again with your password.',
  wrongPassword: 'The password is not right. Type your present password.',
  otherOrigin: 'This request came from another site. Open Latchkey at its own address and try again.',
  throttled: (minutes: number): string =>
    `Too many attempts. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`,
  refused: 'This could not be done. Check what you typed and try again.',
  nothingHere: 'Nothing answers at this address.',

  linkUsed: 'This link was used already, has expired, or was replaced by a newer one. Ask for a new one.',
  setUpAlready: 'Latchkey is set up already. Sign in, or ask an administrator for an invitation.',
  nameMissing: 'Type your name, up to 100 characters.',
  emailWrong: 'Type an e-mail address such as ada@example.org.',
  emailTaken: 'Somebody here uses this e-mail address already. Sign in, or use another one.',
  passwordShort: 'Use at least 12 characters. A few words in a row are easy to remember.',
  passwordLong: 'Use at most 128 characters.',
  noPassword: 'You sign in through your organisation, so there is no password to change here.',
  roleUnknown: 'There is no such role. Choose one of the list.',
  daysWrong: 'An invitation lasts 1 to 30 days.',
  lastAdmin: 'This is the only administrator. Make somebody else an administrator first.',
  noSuchAdmin: (email: string): string =>
    `No administrator whose account is switched on has the address ${email}. The log names who was made one.`,
  nobody: 'Nobody here has this account. It may have been erased; reload the list.',

  keyNameMissing: 'Name the key after the app that will use it, up to 100 characters.',
  keyUnknown: 'There is no such key. Reload the list.',
  expiryWrong: 'A key must expire: choose a day between tomorrow and two years from now.',
  environmentUnknown: 'There is no such environment. Reload the list.',
  environmentThere: 'An environment with this id exists already. Choose another id.',
  environmentIdWrong: 'Use up to 32 small letters, digits and ‘-’, beginning with a letter, such as staging-eu.',
  environmentTitleMissing: 'Give the environment a title, up to 60 characters.',
  passwordTelling: 'Do not use your e-mail address or your name as the password.',
} as const;
