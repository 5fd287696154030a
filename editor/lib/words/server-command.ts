/** What the `latchkey-server` command says. */

interface Described {
  readonly name: string;
  readonly synopsis: string;
  readonly summary: string;
  readonly details: string;
  readonly options: Readonly<Record<string, { readonly placeholder?: string; readonly summary: string }>>;
}

const list = (files: readonly string[], mark: string): string => files.map((file) => `  ${mark} ${file}\n`).join('');
const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

export const serverWords = {
  usage: (commands: readonly Described[]): string =>
    `latchkey-server: start the server, and look after its store

Usage:
${commands.map(({ name, synopsis }) => `  latchkey-server ${name} ${synopsis}`.trimEnd()).join('\n')}

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(8)} ${summary}`).join('\n')}

Options:
  --data DIR     the data folder; else LATCHKEY_DATA, else ./data
  -h, --help     show this, or with a command what it takes
  -V, --version  show the version

DATABASE_URL, when set, names the PostgreSQL database that holds the store; else it is a file in the data folder.
Exit codes: 0 fine, 1 it could not be done or something was found, 2 called the wrong way.
`,
  help: ({ name, synopsis, summary, details, options }: Described): string => {
    const rows = [
      ...Object.entries(options).map(([option, { placeholder, summary: said }]) => [
        `--${option}${placeholder === undefined ? '' : ` ${placeholder}`}`,
        said,
      ]),
      ['--data DIR', 'the data folder; else LATCHKEY_DATA, else ./data'],
      ['-h, --help', 'show this'],
    ];
    const width = Math.max(...rows.map(([left = '']) => left.length));
    return `latchkey-server ${name}: ${summary}

Usage:
  latchkey-server ${name} ${synopsis}

${details}

Options:
${rows.map(([left = '', right = '']) => `  ${left.padEnd(width)}  ${right}`).join('\n')}
`;
  },
  unknown: (word: string): string =>
    `latchkey-server: there is no command \`${word}\`\nRun \`latchkey-server --help\` for what there is.\n`,
  misused: (name: string, why: string): string =>
    `latchkey-server ${name}: ${why}\nRun \`latchkey-server ${name} --help\` for what it takes.\n`,
  olderSchema:
    'The store was last used by an older version. Back it up, then run `latchkey-server migrate` or start the server.',
  despiteProblems: 'go on although the history does not verify, and copy it as it is',
  /** What to do about an error of the system, by its code. */
  wayOut: (code: string): string | undefined => {
    if (/^(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|ECONNRESET)$/.test(code)) {
      return 'Is PostgreSQL running, and does DATABASE_URL (or --to) name it?';
    }
    if (/^28/.test(code)) return 'Check the user and the password in DATABASE_URL (or --to).';
    if (code === '25006') {
      return 'The database is only to be read, as a standby is: let DATABASE_URL (or --to) name one that takes writes.';
    }
    if (code === '3D000') return 'Make the database first, such as with `createdb`.';
    if (/^(EACCES|EPERM|EROFS|SQLITE_READONLY.*|SQLITE_CANTOPEN.*)$/.test(code)) {
      return 'Run it as the user who owns the folder, or give that user the right to write there.';
    }
    if (/^(ENOSPC|SQLITE_FULL|53100)$/.test(code)) return 'Make room on the disk and run it again.';
    if (code === 'SQLITE_BUSY') return 'Another process is writing; try again in a moment.';
    return undefined;
  },

  start: {
    synopsis: '',
    summary: 'build what changed and serve it',
    details:
      'Does what `npm start` does. The first start makes the data folder and prints a link that makes the first account.',
  },
  backup: {
    synopsis: 'FILE [--with-key]',
    summary: 'write the store into one file, while the server runs',
    details:
      'The file holds the store as of one moment, whichever database it is in, and `restore` reads it into either.\nIt holds password hashes and names: keep it as you keep the store. Without the keys, a restored server signs\nwith a new key, and people set up their second factors again.',
    withKey: 'put the checkpoint key and the session secret into the file, too',
    done: (file: string, rows: number, withKey: boolean): string =>
      `✓ ${file} holds ${count(rows, 'row')}${withKey ? ' and the keys; whoever has it can sign as this server' : ''}\n`,
    problems: (places: readonly string[]): string =>
      `The backup is good, but the history in it does not verify:\n${list(places.slice(0, 10), '✗')}Run \`latchkey-server verify\` and find out who altered it.\n`,
  },
  restore: {
    synopsis: 'FILE [--despite-problems]',
    summary: 'read a backup into an empty place',
    details:
      'Reads and checks all of the file before anything is written. The place is the data folder, or the database that\nDATABASE_URL names; it must hold no store. A restore into PostgreSQL that was cut short goes on when it is run again.',
    done: (rows: number, madeAt: string, secrets: readonly string[]): string =>
      `✓ ${count(rows, 'row')} restored, as of ${madeAt}\n${secrets.length === 0 ? '' : `  with ${secrets.join(' and ')}\n`}`,
  },
  migrate: {
    synopsis: '[--check]',
    summary: 'bring the schema up to this version',
    details:
      'A server that starts does this by itself. With --check nothing is changed, and 1 means that steps are due.',
    check: 'only say what is applied and what is due',
    state: ({
      applied,
      pending,
    }: {
      readonly applied: readonly string[];
      readonly pending: readonly string[];
    }): string =>
      `${list(applied, '✓')}${list(pending, '·')}${pending.length === 0 ? 'The schema is up to date.\n' : `${count(pending.length, 'step is', 'steps are')} due: back up, then start the server.\n`}`,
    done: (pending: readonly string[]): string => `${list(pending, '✓')}The schema is up to date.\n`,
  },
  move: {
    synopsis: '--to URL [--despite-problems]',
    summary: 'copy the store from its file into PostgreSQL',
    details:
      'Stop the server first. Everything is checked before and compared row by row after. Cut short, it goes on when it\nis run again. The file is only read and stays as it was. A password is best left out of the address: PGPASSWORD\nor a pgpass file gives it, too.',
    to: 'an empty PostgreSQL database, such as postgres://latchkey@localhost/latchkey',
    where: 'Name the database with --to, such as --to postgres://latchkey@localhost/latchkey.',
    done: (rows: number, address: string, folder: string): string =>
      `✓ ${count(rows, 'row')} moved, equal in every one\n  Start the server with DATABASE_URL=${address} and the same data folder: its keys stay in ${folder}.\n  The file there is as it was; keep it as a backup, away from the server.\n`,
  },
  pull: {
    synopsis: '[FOLDER] [--force]',
    summary: 'write revisions and timelines from the store into a policies folder',
    details:
      'The folder is LATCHKEY_POLICIES or ./policies unless named. Files get the exact bytes of the store: what is\npublished, else what was submitted last. Text that the store never had is not overwritten.',
    force: 'overwrite local changes',
    done: (result: {
      readonly written: readonly string[];
      readonly removed: readonly string[];
      readonly kept: readonly string[];
      readonly unchanged: number;
    }): string =>
      `${list(result.written, '+')}${list(result.removed, '-')}${list(result.kept, '?')}✓ ${result.written.length} written, ${result.removed.length} removed, ${result.unchanged} as they were${result.kept.length === 0 ? '' : `, ${result.kept.length} not in the store yet`}\n`,
  },
  push: {
    synopsis: '[FOLDER] [--reason TEXT] [--ticket ID] [--by WHO]',
    summary: 'submit what changed in a policies folder as revisions',
    details:
      'The folder is LATCHKEY_POLICIES or ./policies unless named. Each changed version becomes a revision that waits for\nreview; a published version is never changed. All of it is submitted, or nothing. Where something changed, a reason\nis asked for.',
    reason: 'why it changes: reviewers read it now, and auditors years later',
    ticket: 'the name of a ticket elsewhere',
    by: 'whose work it is, by id or e-mail address: they cannot approve it; else `system`',
    done: ({
      made,
      unchanged,
    }: {
      readonly made: readonly { readonly policy: string; readonly version: number; readonly number: number }[];
      readonly unchanged: readonly string[];
    }): string =>
      `${made.map(({ policy, version, number }) => `  + ${policy} version ${version} is revision ${number}\n`).join('')}✓ ${count(made.length, 'revision')} submitted, ${count(unchanged.length, 'policy', 'policies')} as in the store\n`,
  },
  rescue: {
    synopsis: 'EMAIL [--origin URL]',
    summary: 'let an administrator back in whom nobody can help',
    details:
      'For an administrator who lost the password or the second factor, when there is no other one. Takes the second\nfactor away, ends the sessions, and prints a link that sets a new password once, within a day. The log says that\nit was done from the machine.',
    origin: 'the address people open; else LATCHKEY_ORIGIN, else http://127.0.0.1:4317',
    originWrong: (text: string): string =>
      `\`${text}\` is no origin. Give scheme and host, such as https://latchkey.example.org.`,
    done: (link: string, until: string): string => `✓ Open this link once, until ${until}:\n\n  ${link}\n\n`,
  },
  verify: {
    synopsis: '[--checkpoint FILE]… [--key KEY]…',
    summary: 'check that the history was not altered',
    details:
      'Reads the live store: the chain, every row of evidence, every signed checkpoint. A checkpoint and a key that were\nkept elsewhere find a history that was rewritten whole.',
    checkpoint: 'a signed checkpoint that was kept outside; may be repeated',
    key: 'a verifier key that was kept outside; may be repeated',
    done: ({
      problems,
      size,
      rows,
      signedSize,
    }: {
      readonly problems: readonly { readonly place: string; readonly message: string }[];
      readonly size: number;
      readonly rows: number;
      readonly signedSize: number;
    }): string =>
      `${problems.map(({ place, message }) => `  ✗ ${place}: ${message}\n`).join('')}${problems.length === 0 ? '✓' : '✗'} ${count(size, 'entry', 'entries')}, ${count(rows, 'row')} of evidence, signed up to entry ${signedSize}${problems.length === 0 ? '' : `; ${count(problems.length, 'problem')}`}\n`,
  },
  key: {
    synopsis: '',
    summary: 'print the public half of the key that signs checkpoints',
    details: 'Hand it to an auditor: `latchkey verify --key` and `latchkey-server verify --key` take it.',
    none: (folder: string): string =>
      `There is no checkpoint key in ${folder}. Name the data folder with --data, or start the server once to make one.`,
  },
};
