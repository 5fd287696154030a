import { fileURLToPath } from 'node:url';

/**
 * The engine's entries by the name an app imports, with the source file behind each. Longer names first,
 * because a bundler takes the first alias that is a prefix. tsconfig.json repeats the table as `paths`
 * and engine/package.json as `exports`; tests/structure keeps the three equal.
 */
export const entries = {
  'latchkey/load': 'engine/load.ts',
  'latchkey/messages': 'engine/messages.ts',
  'latchkey/clock': 'engine/clock/index.ts',
  'latchkey/session': 'engine/session/index.ts',
  'latchkey/timeline': 'engine/timeline/index.ts',
  'latchkey/analysis': 'engine/analysis/index.ts',
  'latchkey/evidence': 'engine/evidence/index.ts',
  'latchkey/interop/json-rules-engine': 'engine/interop/json-rules-engine/index.ts',
  'latchkey/interop/authzen': 'engine/interop/authzen/index.ts',
  latchkey: 'engine/index.ts',
};

/** The same table with absolute paths, as Vite's `resolve.alias` takes it. */
export const alias = Object.fromEntries(
  Object.entries(entries).map(([name, file]) => [name, fileURLToPath(new URL(file, import.meta.url))]),
);
