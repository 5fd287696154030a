import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';
import { alias } from '../../latchkey-entries.js';
import { bugs } from './bugs.ts';

const bug = bugs.find(({ id }) => id === process.env['LATCHKEY_PLANTED']);
if (bug === undefined) throw new TypeError('name a planted bug: npm run planted -- <id>');
const file = fileURLToPath(new URL(`../../engine/${bug.file}`, import.meta.url));

/** Plants the bug while the file is loaded; nothing on disk changes. */
const plant: Plugin = {
  name: 'plant',
  enforce: 'pre',
  transform: (code, id) => (id === file ? code.replace(bug.text, () => bug.planted) : null),
};

/** What is run first finds most: cases take seconds, the last laws a minute. */
const STAGES: Readonly<Record<string, readonly string[]>> = {
  cases: ['tests/conformance/**/*.test.ts', 'tests/engine/hostile.test.ts'],
  laws: ['tests/properties/{laws,laws-narrow,reference,differential}.test.ts'],
  'slow laws': ['tests/properties/{laws-change,laws-minutes}.test.ts'],
};

export default defineConfig({
  plugins: [plant],
  resolve: { alias },
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    environment: 'node',
    include: [...(STAGES[process.env['LATCHKEY_STAGE'] ?? ''] ?? [])],
    globalSetup: './tests/setup/generate-validators.ts',
    testTimeout: 300_000,
    bail: 1,
    maxWorkers: 1,
    fileParallelism: false,
    reporters: [['json', { outputFile: process.env['LATCHKEY_PLANTED_RESULTS'] ?? '' }]],
  },
});
