/** What `latchkey verify` found, for people. */
import type { EvidenceProblem } from '../evidence/index.ts';
import type { Io } from './io.ts';
import { paintFor } from './paint.ts';
import { counted } from './report.ts';
import { shown } from './text-width.ts';
import type { ExportVerification, KeptElsewhere } from './verify-export.ts';

/** Beyond this many people read no further: the first ones tell where to look. */
const SHOWN = 40;

/** Every problem by its place, what was checked, and what that does not prove. */
export function renderVerification(found: ExportVerification, kept: KeptElsewhere, io: Io): string {
  const paint = paintFor(io);
  const { problems, manifest } = found;
  const lines = problems.slice(0, SHOWN).map((problem) => `${paint.ink('✗', 'red')} ${problemText(problem)}`);
  const more = problems.length - SHOWN;
  return [
    ...lines,
    ...(more > 0 ? [`  ${counted(more, 'more problem')}; --json lists all`] : []),
    ...(problems.length > 0 ? [''] : []),
    paint.ink(`Log ${shown(manifest.log)}`, 'bold'),
    ...totals(found).map(([name, value]) => `  ${name.padEnd(11)} ${value}`),
    '',
    ...caveats(found, kept).map((caveat) => `${paint.ink('!', 'yellow')} ${caveat}`),
    problems.length === 0
      ? `${paint.ink('✓', 'green')} nothing was altered, added or left out`
      : `${paint.ink('✗', 'red')} ${counted(problems.length, 'problem')}: this is not the history as it was written`,
    '',
  ].join('\n');
}

function problemText({ place, message }: EvidenceProblem): string {
  return `${shown(place)}: ${shown(message)}`;
}

function totals(found: ExportVerification): readonly (readonly [string, string])[] {
  const { problems, size, rows, firstHash, lastHash, root, signedSize, checkpoints } = found;
  return [
    ['entries', size === 0 ? 'none' : problems.length === 0 ? `1 to ${size}, without a gap` : `${size} read`],
    ['first', firstHash ?? '–'],
    ['last', lastHash ?? '–'],
    ['rows', `${rows} that an entry vouches for`],
    ['tree', root],
    ['signed', signedSize === 0 ? 'nothing' : `entries 1 to ${signedSize}, ${counted(checkpoints, 'checkpoint')}`],
  ];
}

/** What a reader could take for proven and is not. */
function caveats({ size, signedSize }: ExportVerification, kept: KeptElsewhere): readonly string[] {
  return [
    ...(size > signedSize ? [`${unsigned(signedSize + 1, size)} chained, and not signed by a checkpoint yet`] : []),
    ...(kept.keys.length === 0
      ? ['the keys are those in the export; give one you kept elsewhere with --key to be sure who signed']
      : []),
    ...(kept.checkpoints.length === 0
      ? ['no checkpoint was kept elsewhere; one given with --checkpoint also finds a history written anew']
      : []),
  ];
}

function unsigned(first: number, last: number): string {
  return first === last ? `entry ${last} is` : `entries ${first} to ${last} are`;
}
