/** Our diagnostics as the code editor's markers. */
import { locateDiagnostic, type Diagnostic } from 'latchkey/load';
import type * as Monaco from 'monaco-editor/editor/editor.api';

/** One marker a diagnostic, on the offending value's first line; `helpAt` gives the address behind a code. */
export function markersOf(
  monaco: typeof Monaco,
  model: Monaco.editor.ITextModel,
  diagnostics: readonly Diagnostic[],
  helpAt: (code: string) => string,
): Monaco.editor.IMarkerData[] {
  const text = model.getValue();
  return diagnostics.map((diagnostic) => ({
    severity: diagnostic.severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
    message: diagnostic.help === undefined ? diagnostic.message : `${diagnostic.message}\n${diagnostic.help}`,
    source: 'latchkey',
    code: { value: diagnostic.code, target: monaco.Uri.parse(helpAt(diagnostic.code)) },
    ...rangeOf(model, text, diagnostic),
  }));
}

function rangeOf(model: Monaco.editor.ITextModel, text: string, diagnostic: Diagnostic): Monaco.IRange {
  const { offset, length } = locateDiagnostic(text, diagnostic);
  const start = model.getPositionAt(offset);
  const end = model.getPositionAt(offset + length);
  const endColumn = end.lineNumber === start.lineNumber ? end.column : model.getLineMaxColumn(start.lineNumber);
  return {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: start.lineNumber,
    endColumn: Math.max(endColumn, start.column + 1),
  };
}
