/** What an auditor reads: findings, the printable summary of an export, and how to check one. */

/** What to look at in a release, by finding. */
export const FINDINGS = {
  without_approval: 'Published without an approval: approval was switched off for the environment.',
  break_glass: 'Emergency: published without waiting for an approval.',
  not_looked_back_at: 'Nobody has looked back at this emergency yet.',
  objected_to: 'Whoever looked back at it objected.',
  looked_back_at_by_own: 'Looked back at by somebody who wrote in it or published it.',
  approved_by_contributor: 'Approved by somebody who wrote in it.',
  approval_does_not_fit: 'An approval it names is not an approval of exactly these bytes.',
  published_by_contributor: 'Published by somebody who wrote in it.',
  not_green: 'Its timelines were not run over exactly these bytes, or did not all hold.',
  imported: 'Imported from files: who wrote and approved it is told there.',
} as const;

/** Kinds of release. */
export const RELEASE_KINDS = {
  normal: 'normal',
  scheduled: 'scheduled',
  break_glass: 'emergency',
  imported: 'imported',
} as const;

export const SUMMARY = {
  title: 'Evidence summary',
  lead: 'Made from the files beside it, for reading and printing. It proves nothing by itself: VERIFY.txt says how to check those files. People are named by their ids; who an id is, the installation knows.',
  population: 'Complete population',
  log: 'Log',
  entries: 'Entries',
  noEntries: 'None.',
  entriesFrom: (first: number, last: number): string => `${last - first + 1}, from ${first} to ${last}`,
  firstHash: 'Hash of the first',
  lastHash: 'Hash of the last',
  signedUpTo: 'Signed up to entry',
  notSigned: 'No checkpoint was signed yet.',
  keys: 'Keys',
  rows: 'Rows by table',
  table: 'Table',
  count: 'Count',
  happenings: 'Entries by type',
  type: 'Type',
  releases: 'Releases, and who had a hand in them',
  noReleases: 'Nothing was published yet.',
  broken: 'The rows do not fit together: something was altered. Check this export, which names what.',
  revisions: 'Revisions',
  noRevisions: 'Nothing was submitted yet.',
  columns: {
    release: 'Release',
    policy: 'Policy',
    kind: 'Kind',
    at: 'When (UTC)',
    author: 'Author',
    contributors: 'Contributors',
    approvers: 'Approved by',
    publisher: 'Published by',
    reason: 'Reason',
    ticket: 'Ticket',
    findings: 'To look at',
    message: 'Message',
    digest: 'SHA-256',
  },
  nothingFound: 'Nothing.',
  nobody: '–',
} as const;

/** `VERIFY.txt` of an export. */
export const VERIFY_TEXT = `How to check this export
========================

With the tool, which needs no server:

    npx latchkey verify <this zip or folder>

It recomputes everything and names what was altered. An export can only vouch for itself: somebody who has the
installation's key could have written another history and signed it. What shows that is something you kept elsewhere:

    npx latchkey verify <this zip or folder> --checkpoint <file you kept> --key <file you kept>

Keep from every export: the newest file in checkpoints/ and the files in keys/, where nobody of the installation can
write. The next export must still hold that checkpoint.

Without the tool
----------------

1. Entries. Each line of events.ndjson reads {"entry":E,"hash":"H"}. H is the SHA-256 (hex) of a zero byte followed by
   the text E, exactly as it stands there. Within E, "prev" is the H of the line before (64 zeros in the first), and
   "seq" counts 1, 2, 3 without a gap.

2. Rows. Each line of rows/<table>.ndjson, without its line end, has a SHA-256 that stands in exactly one entry, under
   "data", "rows": {"table", "key", "hash"}. Every such reference has its row here.

3. Checkpoints. Line 2 of checkpoints/<size>.txt is the number of entries, line 3 (base64) the root of the RFC 6962
   tree over the first so many entries. The hashes H are its leaf hashes; a node above is the SHA-256 of a byte 1 and
   the two hashes below; the left side is always the largest power of two.

4. Signatures. The text up to and including line 3 with its line end is what was signed (C2SP signed-note, Ed25519).
   The last line reads: dash, key name, base64. Four bytes name the key, the 64 after them are the signature. The
   public key is the last 32 bytes of the base64 in keys/<name>.txt, after the second plus sign.

5. Texts. revisions/<policy>/<number>.json and timelines/<digest>.json are the texts that the rows hold, as files.

manifest.json holds the SHA-256 of every file. The CSV files and summary.html are there for reading; in the CSV files
a text that a spreadsheet could take for a formula has an apostrophe in front.
`;
