/** The people of an installation, as administrators see them. */
export const people = {
  title: 'People',
  text: 'Who may come in, and what they may do.',
  readOnly: 'Only administrators change this.',
  you: 'you',
  erased: 'Erased person',
  columns: { who: 'Name', role: 'Role', factor: 'Second factor', seen: 'Last sign-in' },
  factorOn: 'On',
  factorOff: 'Off',
  never: 'Never',
  off: 'Switched off',
  gone: 'Erased',
  menu: (name: string): string => `Actions for ${name}`,
  close: 'Close',
  cancel: 'Cancel',
  lastAdmin: 'The only administrator. Make somebody else one first.',
} as const;

/** What can be done about somebody: the name of the form’s action, and its words. */
export const deeds = {
  role: {
    menu: 'Change the role…',
    title: (name: string): string => `Role of ${name}`,
    text: 'It holds from the next click on, also where they are signed in now.',
    submit: 'Change the role',
    done: (name: string): string => `${name} has the new role.`,
  },
  reset: {
    menu: 'Make a link for a new password…',
    title: (name: string): string => `New password for ${name}`,
    text: 'Makes a link by which they choose a new password. It works once, for a day, and replaces any link made before. Their password works until then.',
    submit: 'Make the link',
    done: (name: string): string => `The link for ${name} is made.`,
  },
  factor: {
    menu: 'Take the second factor away…',
    title: (name: string): string => `Second factor of ${name}`,
    text: 'For a lost phone and lost recovery codes. Be sure it is they who ask. They are signed out, sign in with the password alone, and set up a new one.',
    submit: 'Take it away',
    done: (name: string): string => `${name} has no second factor now.`,
  },
  signOut: {
    menu: 'Sign out everywhere…',
    title: (name: string): string => `Sign ${name} out`,
    text: 'Ends every session they have. They can sign in again.',
    submit: 'Sign out everywhere',
    done: (name: string): string => `${name} is signed out everywhere.`,
  },
  deactivate: {
    menu: 'Switch off…',
    title: (name: string): string => `Switch ${name} off`,
    text: 'They are signed out at once and cannot come in until switched on. What they wrote stays.',
    submit: 'Switch off',
    done: (name: string): string => `${name} is switched off.`,
  },
  reactivate: {
    menu: 'Switch on…',
    title: (name: string): string => `Switch ${name} on`,
    text: 'They can sign in again, with the role they had.',
    submit: 'Switch on',
    done: (name: string): string => `${name} is switched on.`,
  },
  erase: {
    menu: 'Erase…',
    title: (name: string): string => `Erase ${name}`,
    text: 'Name, e-mail address, password, second factor and sessions are removed for good. The history keeps what they did under an id that no longer says whose it is, so that it still verifies. This cannot be undone.',
    submit: 'Erase for good',
    done: (name: string): string => `${name} is erased.`,
    confirm: (email: string): string => `Type ${email} to confirm`,
  },
} as const;
export type Deed = keyof typeof deeds;

export const inviting = {
  open: 'Invite',
  title: 'Invite somebody',
  text: 'Makes a link by which one person joins with the role you choose.',
  role: 'Role',
  days: 'The link works for',
  dayOptions: [
    { id: '1', title: '1 day' },
    { id: '7', title: '7 days' },
    { id: '30', title: '30 days' },
  ],
  submit: 'Make the link',
} as const;

/** A link that is shown once. */
export const onceOnly = {
  link: 'Link',
  text: 'Copy it now: it is not shown again. Give it only to whom it is for; whoever opens it first can use it.',
  until: 'Works until',
  done: 'Done',
} as const;

export const invitations = {
  title: 'Open invitations',
  none: 'No invitation is open.',
  for: (role: string): string => `As ${role}`,
  by: (name: string): string => `made by ${name}`,
  until: 'works until',
  withdraw: 'Withdraw',
  withdrawn: 'The invitation is withdrawn.',
} as const;
