/** Words of the frame around every page. */
export const product = 'Latchkey';
export const skip = 'Skip to content';
export const home = 'Latchkey, all policies';
export const refused = 'This address is not the one Latchkey listens on. Open the address that the terminal printed.';

/** The parts of the product. */
export const areas = {
  name: 'Latchkey',
  open: 'Menu',
  policies: 'Policies',
  history: 'History',
  settings: 'Settings',
};

export const theme = {
  label: 'Theme',
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  current: (name: string): string => `Theme: ${name.toLowerCase()}`,
};

export const shortcuts = {
  open: 'Keyboard shortcuts',
  title: 'Keyboard shortcuts',
  close: 'Close',
  groups: [
    {
      title: 'Anywhere',
      rows: [
        { keys: ['?'], does: 'Show this list' },
        { keys: ['Tab'], does: 'Go to the next control; with Shift to the one before' },
        { keys: ['Esc'], does: 'Close what is open' },
      ],
    },
    {
      title: 'Policies',
      rows: [{ keys: ['/'], does: 'Search' }],
    },
    {
      title: 'Document',
      rows: [
        { keys: ['Ctrl', 'M'], does: 'Make Tab leave the document, and back again' },
        { keys: ['Ctrl', 'Space'], does: 'Suggest keys and values' },
        { keys: ['F8'], does: 'Go to the next problem' },
        { keys: ['Ctrl', 'Z'], does: 'Undo; with Shift redo' },
        { keys: ['Ctrl', 'F'], does: 'Find' },
      ],
    },
    {
      title: 'Simulator',
      rows: [
        { keys: ['←', '→'], does: 'Move the scrubber by a quarter of an hour; with Shift by an hour' },
        { keys: ['Home', 'End'], does: 'Go to the start or the end of the timeline' },
        { keys: ['[', ']'], does: 'Go to the change before or after' },
      ],
    },
    {
      title: 'Dividers',
      rows: [{ keys: ['←', '→'], does: 'Resize the panes beside a focused divider' }],
    },
  ],
} as const;

export const copying = {
  copy: 'Copy',
  copied: 'Copied',
  selected: 'The browser did not let us copy. It is selected: press Ctrl+C.',
};

export const missing = {
  title: 'Nothing here',
  text: 'No page has this address. It may have been renamed, or the link is mistyped.',
  back: 'All policies',
};

export const forbidden = { title: 'Not with your role' };

export const broken = {
  title: 'Something went wrong',
  text: 'The page could not be made. Nothing that was saved is lost.',
  again: 'Try again',
};
