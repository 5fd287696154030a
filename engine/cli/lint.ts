/** `latchkey lint`: what valid policies say that people may not have meant. */
import { lint as findingsIn, tidy, type Finding } from '../analysis/index.ts';
import { load } from '../load.ts';
import type { Command } from './command.ts';
import { documentsNamed } from './documents.ts';
import { inFile, writeTo, type SourceFile } from './files.ts';
import type { Io } from './io.ts';
import { paintFor } from './paint.ts';
import type { FileDiagnostic } from './render-diagnostic.ts';
import { counted, countOf, renderProblems } from './report.ts';
import { shown } from './text-width.ts';

export const lint: Command = {
  name: 'lint',
  synopsis: '<file or folder…> [--json] [--fix] [--today <date>]',
  summary: 'find what valid policies say that nobody may have meant',
  details: [
    'A folder stands for every policy in it; timelines and JSON Schema files are passed over. A policy with errors',
    'is reported with them instead. Ends with 1 if anything is found.',
  ].join(' '),
  options: {
    json: { summary: 'print a JSON array of findings, each with its file and its fix' },
    fix: { summary: 'make the changes that leave every outcome as it is, and report the rest' },
    today: { placeholder: '<date>', summary: 'judge dates as of this day, YYYY-MM-DD; today when absent' },
  },
  operands: { least: 1, most: Infinity },
  run: (given, io) => {
    const today = given.value('today') ?? new Date(Date.now()).toISOString().slice(0, 10);
    if (!isDate(today)) {
      io.stderr(`latchkey lint: \`${shown(today)}\` is not a date; write it as \`2026-11-20\`\n`);
      return 2;
    }
    const found = lintFiles(given.operands, { today, fix: given.flag('fix') }, io);
    if (given.flag('json')) io.stdout(`${JSON.stringify(found.problems, null, 2)}\n`);
    else io.stdout(settled(found, io) + renderProblems(found.problems, found.sources, io) + summary(found, io));
    return found.problems.length > 0 ? 1 : 0;
  },
};

function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(`${text}T`);
}

interface How {
  readonly today: string;
  readonly fix: boolean;
}

type FileFinding = FileDiagnostic & Partial<Pick<Finding, 'fix'>>;

interface Linted {
  /** As it is now, after fixes. */
  readonly source: SourceFile;
  readonly problems: readonly FileFinding[];
  readonly fixed: readonly FileFinding[];
}

interface Found {
  readonly problems: readonly FileFinding[];
  readonly fixed: readonly FileFinding[];
  readonly sources: readonly SourceFile[];
}

function lintFiles(named: readonly string[], how: How, io: Io): Found {
  const all: Linted[] = [];
  const unread: FileFinding[] = [];
  for (const each of documentsNamed(named, io)) {
    if (!each.ok) unread.push(each.problem);
    else if (each.kind === 'policy') all.push(lintFile(each.source, how, io));
    else if (named.includes(each.source.file)) io.stderr(`${shown(each.source.file)}: skipped, not a policy\n`);
  }
  return {
    problems: [...unread, ...all.flatMap(({ problems }) => problems)],
    fixed: all.flatMap(({ fixed }) => fixed),
    sources: all.map(({ source }) => source),
  };
}

function lintFile(source: SourceFile, { today, fix }: How, io: Io): Linted {
  const { file, bytes, text } = source;
  const inThis = (findings: readonly Finding[]) => findings.map((finding) => ({ file, ...finding }));
  const loaded = load(bytes);
  if (!loaded.ok) return { source, problems: loaded.diagnostics.map((each) => ({ file, ...each })), fixed: [] };
  if (!fix) return { source, problems: inThis(findingsIn(text, loaded.value, { today })), fixed: [] };
  const tidied = tidy(text, { today });
  const unwritten = tidied.fixed.length === 0 ? undefined : writeTo(io, file, tidied.text);
  if (unwritten !== undefined) return { source, problems: [inFile(file, unwritten)], fixed: [] };
  return { source: { ...source, text: tidied.text }, problems: inThis(tidied.left), fixed: inThis(tidied.fixed) };
}

function settled({ fixed }: Found, io: Io): string {
  const paint = paintFor(io);
  const lines = fixed.map(({ file, code, message }) => {
    return `${paint.ink(shown(file), 'bold')}  ${paint.ink(`fixed ${code}`, 'green')}  ${shown(message)}\n`;
  });
  return lines.length === 0 ? '' : `${lines.join('')}\n`;
}

function summary({ problems, fixed, sources }: Found, io: Io): string {
  const paint = paintFor(io);
  const done = fixed.length > 0 ? `, ${fixed.length} fixed` : '';
  const read = `${counted(sources.length, 'policy file')} read`;
  if (problems.length === 0) return `${paint.ink('✓', 'green')} nothing found${done}, ${read}\n`;
  const easy = problems.filter(({ fix }) => fix?.narrows === false).length;
  const hint = easy > 0 ? `; --fix settles ${easy}` : '';
  return `${paint.ink('!', 'yellow')} ${countOf(problems)}${done}, ${read}${hint}\n`;
}
