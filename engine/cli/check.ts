/** `latchkey check`: are these documents right, and if not, where and what to write instead. */
import { loadTimeline } from '../timeline/index.ts';
import { load } from '../load.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Command } from './command.ts';
import type { DocumentKind } from './document-kind.ts';
import { documentsNamed } from './documents.ts';
import type { SourceFile } from './files.ts';
import type { Io } from './io.ts';
import { paintFor } from './paint.ts';
import type { FileDiagnostic } from './render-diagnostic.ts';
import { counted, countOf, renderProblems } from './report.ts';
import { shown } from './text-width.ts';

export const check: Command = {
  name: 'check',
  synopsis: '<file or folder…> [--json]',
  summary: 'find what is wrong in policies and timelines',
  details: [
    'A file with a top-level `timeline` is checked as a timeline, any other as a policy. A folder stands for',
    'every .json file in it. JSON Schema files are skipped. Ends with 1 if there is any error; warnings alone',
    'end with 0.',
  ].join(' '),
  options: { json: { summary: 'print a JSON array of diagnostics, each with its file' } },
  operands: { least: 1, most: Infinity },
  run: (given, io) => {
    const found = checkFiles(given.operands, io);
    if (given.flag('json')) io.stdout(`${JSON.stringify(found.problems, null, 2)}\n`);
    else {
      for (const file of found.skipped) io.stderr(`${shown(file)}: skipped, a JSON Schema\n`);
      io.stdout(renderProblems(found.problems, found.sources, io) + summary(found, io));
    }
    return found.problems.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
};

interface Found {
  readonly problems: readonly FileDiagnostic[];
  readonly sources: readonly SourceFile[];
  /** Files that are not documents of ours. */
  readonly skipped: readonly string[];
}

function checkFiles(named: readonly string[], io: Io): Found {
  const problems: FileDiagnostic[] = [];
  const sources: SourceFile[] = [];
  const skipped: string[] = [];
  for (const each of documentsNamed(named, io)) {
    if (!each.ok) problems.push(each.problem);
    else if (each.kind === 'schema') skipped.push(each.source.file);
    else {
      sources.push(each.source);
      problems.push(...diagnose(each.source, each.kind));
    }
  }
  return { problems, sources, skipped };
}

function diagnose({ file, bytes }: SourceFile, kind: DocumentKind): readonly FileDiagnostic[] {
  const result = kind === 'timeline' ? loadTimeline(bytes) : load(bytes);
  const found: readonly Diagnostic[] = result.ok ? result.warnings : result.diagnostics;
  return found.map((diagnostic) => ({ file, ...diagnostic }));
}

function summary({ problems, sources }: Found, io: Io): string {
  const paint = paintFor(io);
  if (problems.length === 0)
    return `${paint.ink('✓', 'green')} ${counted(sources.length, 'file')} checked, no problems\n`;
  const files = new Set(problems.map(({ file }) => file)).size;
  const mark = problems.some(({ severity }) => severity === 'error') ? paint.ink('✗', 'red') : paint.ink('!', 'yellow');
  return `${mark} ${countOf(problems)} in ${counted(files, 'file')}, ${counted(sources.length, 'file')} checked\n`;
}
