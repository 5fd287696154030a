/** Words of the policy page around the document: panes, problems, what is done with a draft. */
export const panes = {
  document: 'Document',
  simulate: 'Simulate',
  problems: 'Problems',
  divider: 'Resize document and simulator',
  lowerDivider: 'Resize document and problems',
  tabs: 'Parts of the policy',
};

export const document = {
  label: (id: string): string => `Policy document ${id}, JSON`,
  opening: 'Opening the document…',
  fallback: 'The code editor could not be loaded, so this is a plain text field. Everything else works.',
  tabIndents: 'Tab indents.',
  tabLeaves: 'Tab leaves the document.',
  toggle: (mac: boolean): string => (mac ? 'Ctrl+Shift+M changes that.' : 'Ctrl+M changes that.'),
  toggleAction: 'Let Tab leave the document, or indent again',
};

export const problems = {
  title: 'Problems',
  none: 'No problems: the policy is valid.',
  count: (errors: number, warnings: number): string =>
    [errors > 0 ? plural(errors, 'error') : '', warnings > 0 ? plural(warnings, 'warning') : '']
      .filter((part) => part !== '')
      .join(', '),
  error: 'Error',
  warning: 'Warning',
  place: (line: number, column: number): string => `${line}:${column}`,
  goTo: (line: number): string => `Go to line ${line}`,
  about: (code: string): string => `What ${code} means`,
  fix: (title: string): string => `${title.charAt(0).toUpperCase()}${title.slice(1)}`,
  fixed: (title: string): string => `Done: ${title}`,
  narrows: 'Stricter: may refuse what is allowed today',
  neutral: 'Decides nothing differently',
};

export const banner = {
  line: (line: number): string => `Line ${line} has a problem`,
  kept: 'The picture shows the last valid text until it is mended.',
  never: 'There is no valid text to show yet.',
};

export const draft = {
  discard: 'Discard',
  download: 'Download',
  leaving: 'The changes of this page are not kept anywhere. Leave it all the same?',
  retry: 'Try again',
  hide: 'Hide',
  discarded: 'Draft discarded',
  undo: 'Undo',
  confirm: {
    title: 'Discard the draft?',
    text: (revision: number | null): string =>
      revision === null
        ? 'The document goes back to where it began, for everybody.'
        : `The document and its timelines go back to revision ${revision}, for everybody.`,
    yes: 'Discard draft',
    no: 'Keep draft',
  },
  fileName: (id: string): string => `${id}-draft.json`,
};

export const page = {
  up: 'Policies',
  version: (version: number): string => `v${version}`,
  opening: 'Opening the policy…',
  missing: (id: string): string => `There is no policy ${id}`,
};

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
