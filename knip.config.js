import { entries } from './latchkey-entries.js';

/** A component’s scripts, and the members of imported namespaces that its markup uses. */
function svelte(text) {
  const scripts = [...text.matchAll(/<script\b[^>]*>(.*?)<\/script>/gs)].map(([, code]) => code).join('\n');
  const spaces = [...scripts.matchAll(/import \* as (\w+)/g)].map(([, name]) => name);
  const members = spaces.flatMap((name) => text.match(new RegExp(`\\b${name}\\.\\w+`, 'g')) ?? []);
  return [scripts, ...members].join(';\n');
}

export default {
  compilers: { svelte },
  workspaces: {
    '.': {
      entry: [
        'scripts/*.mjs',
        'tests/**/*.test.ts',
        'tests/bench/{run,store,timelines}.ts',
        'tests/planted/{run,vitest.config}.ts',
        'tests/nodes/digest.ts',
        'tests/setup/*.ts',
        // Built and started by the tests of what happens when a server is killed.
        'tests/store/children/*.ts',
        // Bundled by the browser test that installs the packed tarball.
        'tests/e2e/app/src/app.ts',
        'dependency-cruiser.{config,resolve}.js',
      ],
      project: ['scripts/**/*.mjs', 'tests/**/*.ts', '*.{js,ts}'],
    },
    editor: {
      entry: ['routes/**/+*.{ts,svelte}', '{app,hooks.server}.{d.ts,ts}', 'command/latchkey-server.ts'],
      project: ['**/*.{ts,svelte,css}'],
    },
    engine: {
      entry: [...Object.values(entries).map((file) => file.replace('engine/', '')), 'cli/main.ts'],
      project: ['**/*.ts'],
    },
  },
  paths: { '$lib/*': ['./editor/lib/*'] },
  // Commands that scripts/check-package.mjs runs.
  ignoreDependencies: ['@arethetypeswrong/cli', 'publint'],
  // Tools of the system, which tests use where they are there.
  ignoreBinaries: ['apt-get', 'prlimit'],
  // A noun’s file names its parts, whether or not another file needs the name yet.
  ignoreExportsUsedInFile: { interface: true, type: true },
};
