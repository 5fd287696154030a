import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { alias } from './latchkey-entries.js';

const validators = './tests/setup/generate-validators.ts';

/** Where to leave the results as JSON besides printing them. */
const results = process.env.LATCHKEY_TEST_RESULTS;

export default defineConfig({
  test: {
    // All cores: by itself vitest leaves one idle, which is half of a small machine.
    maxWorkers: availableParallelism(),
    reporters: results === undefined ? ['default'] : ['default', ['json', { outputFile: results }]],
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'engine',
          environment: 'node',
          include: ['tests/{engine,conformance,properties,invalid,vectors,reference}/**/*.test.ts'],
          globalSetup: validators,
          testTimeout: 120_000,
        },
      },
      {
        plugins: [svelte({ configFile: false })],
        resolve: {
          alias: { ...alias, $lib: new URL('editor/lib', import.meta.url).pathname },
          conditions: ['browser'],
        },
        test: {
          name: 'editor',
          environment: './tests/setup/runes.ts',
          include: ['tests/editor/**/*.test.ts'],
          globalSetup: validators,
        },
      },
      {
        resolve: { alias: { ...alias, $lib: new URL('editor/lib', import.meta.url).pathname } },
        test: {
          name: 'store',
          environment: 'node',
          include: ['tests/store/**/*.test.ts'],
          globalSetup: validators,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'structure',
          environment: 'node',
          include: ['tests/structure/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias: { ...alias, $lib: new URL('editor/lib', import.meta.url).pathname } },
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: [validators, './tests/setup/browser.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          // Each browser has processes of its own: of more than two, pages come late.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
