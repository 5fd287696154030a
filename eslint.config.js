import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const FRONT_DOORS = 'Name what you export, so that the file is its own table of contents.';
const INPUTS = 'Time and randomness are inputs of the engine: take them as arguments.';

/** What the engine may not do anywhere, its calendar code included. */
const engineSyntax = [
  { selector: 'ExportAllDeclaration', message: FRONT_DOORS },
  { selector: 'ExportDefaultDeclaration', message: FRONT_DOORS },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: INPUTS },
  { selector: "CallExpression[callee.name='Date']", message: INPUTS },
];
const engineProperties = [
  { object: 'Date', property: 'now', message: INPUTS },
  { object: 'Math', property: 'random', message: INPUTS },
];
const timers = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];
const surroundings = ['process', 'performance', 'crypto', 'fetch', 'navigator', 'window', 'document', 'console'];

export default defineConfig(
  globalIgnores(['**/dist/', 'build/', '.svelte-kit/', 'engine/generated/', 'coverage/', 'tests/invalid/**/*.json']),
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },

  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      globals: globals.node,
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      eqeqeq: 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
      // A Map that a derivation builds and returns is never mutated once anyone can see it.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    extends: [ts.configs.disableTypeChecked],
  },

  {
    files: ['engine/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...engineSyntax],
    },
  },
  {
    files: ['engine/**/*.ts'],
    ignores: ['engine/cli/**'],
    languageOptions: { globals: {} },
    rules: {
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-properties': ['error', ...engineProperties],
      'no-restricted-globals': ['error', 'eval', 'Function', 'Intl', ...timers, ...surroundings],
    },
  },
  {
    files: ['engine/time/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'eval', 'Function', ...timers, ...surroundings],
    },
  },
  {
    // The library's constants are a `const enum`, which does not exist where files are compiled one by one.
    files: ['engine/json-tokens.ts'],
    rules: { '@typescript-eslint/no-unsafe-enum-comparison': 'off' },
  },
  {
    // A store in memory answers at once, through the same promises as one on disk.
    files: ['tests/**/*.ts'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  {
    files: ['tests/e2e/app/public/**/*.js'],
    languageOptions: { globals: globals.serviceworker },
  },
  {
    files: ['tests/reference/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '(^|/)(engine/|latchkey(/|$))',
              allowTypeImports: true,
              message: 'The reference interpreter shares no code with what it judges.',
            },
          ],
        },
      ],
    },
  },
);
