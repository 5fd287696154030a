/** Words of the page where evidence is taken along, and where it is told how to check it. */
export const evidence = {
  exportTitle: 'Take all evidence along',
  exportText:
    'One zip with every entry, revision, review, run and release, the texts, the checkpoints and the keys. It is always the whole record: of a part nobody could prove that nothing was left out. People are in it as ids.',
  export: 'Export evidence',
  entries: (count: number): string =>
    `${count.toLocaleString('en-GB')} ${count === 1 ? 'entry' : 'entries'} at the moment`,
  exporting: (bytes: number): string => `Exporting… ${sizeText(bytes)} so far`,
  cancel: 'Cancel',
  cancelled: 'The export was cancelled. Nothing was saved.',
  brokeOff: 'The export broke off and nothing was saved. Try again.',
  exported: (bytes: number): string => `Exported ${sizeText(bytes)}.`,
  fileName: 'latchkey-evidence.zip',

  keepTitle: 'Keep outside, before anything happens',
  keepText:
    'Whoever runs this installation could write another history and sign it. What shows it is a checkpoint that you kept where nobody of this installation can write. Take these two files along, and a new checkpoint every now and then.',
  key: 'Public key',
  currentKey: 'signs now',
  keyHint: 'Write its name down, or compare it with what the administrator reads to you.',
  copyKey: 'Copy the public key',
  copied: 'Copied',
  downloadKey: (name: string): string => `Download public key ${name}`,
  keyFile: (name: string): string => `${name}.txt`,
  checkpoint: 'Latest checkpoint',
  checkpointOf: (size: number): string =>
    `Vouches for the first ${size.toLocaleString('en-GB')} ${size === 1 ? 'entry' : 'entries'}.`,
  noCheckpoint: 'None was signed yet. The first one is signed at the first release.',
  downloadCheckpoint: 'Download latest checkpoint',
  checkpointFile: (size: number): string => `latchkey-checkpoint-${size}.txt`,

  checkTitle: 'Check it without trusting us',
  checkText:
    'The check needs no server, no network and no account, and runs on any computer with Node.js. It recomputes every hash, follows the chain from the first entry to the last, and checks every signature.',
  steps: [
    'Take an export, above.',
    'Run the check on it. It names every row, entry or file that is not as it was written; exit code 0 means that everything held.',
    'Run it again with the checkpoint and the key that you kept outside. Now it also finds a history that was written anew.',
  ],
  command: 'npx latchkey verify latchkey-evidence.zip',
  keptCommand: 'npx latchkey verify latchkey-evidence.zip --checkpoint CHECKPOINT --key KEY',
  copyCommand: 'Copy the command',
  without:
    'You need not trust our program either: VERIFY.txt in the export tells in words how to check it with common tools, and `docs/auditor.md` has a program for it that needs nothing but Python and OpenSSL.',

  limitsTitle: 'What no check can tell',
  limits: [
    'Whether what was recorded is true: the log says what the server was told. A stolen password leaves the same entry.',
    'Who an id is: names are kept apart so that they can be erased. Ask for the list of people while you audit.',
    'The exact hour: the order of entries is certain, the time is as good as the clock of the server.',
    'What apps did: it is proven which policy was published, not that a device had fetched it.',
  ],
} as const;

/** `340 kB`, `2.4 MB`. */
function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
