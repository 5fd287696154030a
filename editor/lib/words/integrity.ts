/** Words of the badge that says whether the record holds. */

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

export const integrity = {
  title: 'Integrity of the record',
  checking: 'Checking that nothing was altered…',
  unknown: 'It is not known whether the record holds.',
  unreachable: 'The server gave no answer. Nothing is lost; try again.',
  good: 'Nothing was altered',
  verified: (entries: number): string => `Verified up to entry ${entries.toLocaleString('en-GB')}`,
  signed: (signed: number, entries: number): string =>
    signed === 0
      ? 'No checkpoint was signed yet.'
      : signed >= entries
        ? 'All of them are signed by a checkpoint.'
        : `Signed by a checkpoint up to entry ${signed.toLocaleString('en-GB')}.`,
  rows: (rows: number): string =>
    `${counted(rows, 'row', 'rows')} of evidence ${rows === 1 ? 'is' : 'are'} as written.`,
  bad: (count: number): string => `The record does not hold: ${counted(count, 'problem', 'problems')}`,
  checkedAt: (entries: number): string => `Checked ${counted(entries, 'entry', 'entries')}`,
  whatNow: 'Stop publishing, take an evidence export and a copy of the database, and find out who could write to it.',
  problems: 'What does not hold',
  more: (count: number): string =>
    `${counted(count, 'more problem', 'more problems')}. The first ones tell where to look.`,
  verify: 'Verify now',
  how: 'Check it yourself',
  progress: ({
    phase,
    checked,
    of,
  }: {
    readonly phase: 'entries' | 'rows';
    readonly checked: number;
    readonly of: number | null;
  }): string =>
    phase === 'entries'
      ? `${checked.toLocaleString('en-GB')} of ${(of ?? checked).toLocaleString('en-GB')} entries checked`
      : `${counted(checked, 'row', 'rows')} of evidence checked`,
} as const;
