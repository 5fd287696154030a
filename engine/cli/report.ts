/** Problems on their way out to people. */
import { locateDiagnostic } from '../load.ts';
import { helpOf } from '../messages.ts';
import type { SourceFile } from './files.ts';
import { widthOf, type Io } from './io.ts';
import { paintFor } from './paint.ts';
import { renderDiagnostic, type FileDiagnostic } from './render-diagnostic.ts';

/** Beyond this many problems in one file people read no further, and the first ones often cause the rest. */
const SHOWN = 40;

/** Problems file by file, with the source line where the file could be read; an empty line after each. */
export function renderProblems(problems: readonly FileDiagnostic[], sources: readonly SourceFile[], io: Io): string {
  const files = [...new Set(problems.map(({ file }) => file))];
  return files
    .map((file) => {
      const inFile = problems.filter((problem) => problem.file === file);
      const source = sources.find((each) => each.file === file);
      const more = inFile.length - SHOWN;
      return (
        renderFile(inFile.slice(0, SHOWN), source, io) +
        (more > 0 ? `${file}: ${counted(more, 'more problem')}; --json lists all\n\n` : '')
      );
    })
    .join('');
}

function renderFile(problems: readonly FileDiagnostic[], source: SourceFile | undefined, io: Io): string {
  const paint = paintFor(io);
  const width = widthOf(io);
  const lines = source?.text.replace(/^\ufeff/, '').split(/\r\n|[\r\n]/);
  return problems
    .map((problem) => {
      const place = source && lines ? { lines, length: locateDiagnostic(source.text, problem).length } : undefined;
      return `${renderDiagnostic(problem, { ...(place && { place }), help: problem.help ?? helpOf(problem.code), paint, width })}\n`;
    })
    .join('');
}

/** `2 errors and 1 warning`. */
export function countOf(problems: readonly FileDiagnostic[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const parts = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ];
  return parts.join(' and ') || 'no problems';
}

/** `1 file`, `2 files`. */
export function counted(count: number, thing: string): string {
  return `${String(count)} ${thing}${count === 1 ? '' : 's'}`;
}
