/** The code editor, loaded when a document is first shown: features, JSON language, workers and theme. */
import type * as Monaco from 'monaco-editor/editor/editor.api';

/** Where the schema lives for relative `$schema` references, which then resolve to the bundled copy. */
const HOME = 'inmemory://latchkey';

let opening: Promise<typeof Monaco> | null = null;

/** Loads the code editor once; a failed load is tried anew at the next call. */
export function openMonaco(): Promise<typeof Monaco> {
  opening ??= load().catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

/** The model of a policy's document; the same one, with its undo stack, at every call until it is disposed. */
export function documentModel(monaco: typeof Monaco, id: string, text: string): Monaco.editor.ITextModel {
  const uri = monaco.Uri.parse(`${HOME}/policies/${id}/draft.json`);
  const model = monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, 'json', uri);
  // Colours of brackets would compete with the lanes'.
  model.updateOptions({
    tabSize: 2,
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  });
  return model;
}

/** Draws the editor in the page's colours as they are now. */
export function applyTheme(monaco: typeof Monaco, dark: boolean): void {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const token = (name: string): string => colour(name).slice(1);
  monaco.editor.defineTheme('latchkey', {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: 'string.key.json', foreground: token('--accent') },
      { token: 'string.value.json', foreground: token('--permit-text') },
      { token: 'number.json', foreground: token('--challenge-text') },
      { token: 'keyword.json', foreground: token('--deny-grant-text') },
      { token: 'delimiter', foreground: token('--text-muted') },
    ],
    colors: {
      'editor.background': colour('--surface'),
      'editor.foreground': colour('--text'),
      'editorGutter.background': colour('--surface'),
      'editorLineNumber.foreground': colour('--text-faint'),
      'editorLineNumber.activeForeground': colour('--text'),
      'editor.lineHighlightBorder': '#00000000',
      'editor.lineHighlightBackground': colour('--sunken'),
      'editorError.foreground': colour('--deny-line'),
      'editorWarning.foreground': colour('--challenge-line'),
      'editorWidget.background': colour('--surface'),
      'editorWidget.border': colour('--border'),
      'editorHoverWidget.background': colour('--surface'),
      'editorHoverWidget.border': colour('--border-strong'),
      'editorSuggestWidget.background': colour('--surface'),
      'editorSuggestWidget.selectedBackground': colour('--accent-soft'),
      'editorSuggestWidget.selectedForeground': colour('--text'),
      'editorStickyScroll.background': colour('--surface'),
      'editorBracketMatch.border': colour('--border-strong'),
      'textLink.foreground': colour('--accent'),
      focusBorder: colour('--focus-ring'),
    },
  });
  monaco.editor.setTheme('latchkey');
}

async function load(): Promise<typeof Monaco> {
  // Never reached on the server; saying so keeps the code editor out of the server's bundle.
  if (import.meta.env.SSR) throw new TypeError('the code editor needs a browser');
  const [{ monaco, jsonDefaults }, { default: EditorWorker }, { default: JsonWorker }, { default: schema }] =
    await Promise.all([
      import('./monaco-parts.ts'),
      import('monaco-editor/editor/editor.worker?worker'),
      import('monaco-editor/language/json/json.worker?worker'),
      import('../../../../schemas/policy.v1.schema.json'),
    ]);
  self.MonacoEnvironment = {
    getWorker: (_, label) => (label === 'json' ? new JsonWorker() : new EditorWorker()),
  };
  jsonDefaults.setModeConfiguration({
    completionItems: true,
    hovers: true,
    documentSymbols: true,
    tokens: true,
    foldingRanges: true,
    selectionRanges: true,
    documentFormattingEdits: true,
    documentRangeFormattingEdits: true,
    colors: false,
    // Problems come from the engine alone, so that they read the same everywhere.
    diagnostics: false,
  });
  jsonDefaults.setDiagnosticsOptions({
    validate: false,
    enableSchemaRequest: false,
    schemas: [{ uri: `${HOME}/schemas/policy.v1.schema.json`, fileMatch: ['*'], schema: { ...schema } }],
  });
  return monaco;
}
