/** Files that break one import rule each, by rule name. Paths are those of the repository. */
export interface Plant {
  /** The file that breaks the rule, and the file or package it must not import. */
  readonly from: string;
  readonly to: string;
}

const STAGES = ['parse', 'validate', 'normalize', 'compile', 'decide', 'next-change', 'explain', 'index'];

const looksRight = STAGES.slice(0, -1).map((stage, index): [string, Plant] => [
  `${stage}-looks-left`,
  { from: `engine/${stage}.ts`, to: `engine/${STAGES[index + 1] ?? ''}.ts` },
]);

const areas: [string, Plant][] = Object.entries({
  clock: 'engine/session/record.ts',
  session: 'engine/timeline/play.ts',
  timeline: 'engine/analysis/lint.ts',
  analysis: 'engine/session/record.ts',
  evidence: 'engine/session/record.ts',
  release: 'engine/clock/record.ts',
  interop: 'engine/release/verify.ts',
  device: 'engine/timeline/play.ts',
  cli: 'editor/lib/words/shell.ts',
}).map(([area, to]) => [`${area}-imports-only-its-own`, { from: `engine/${area}/planted.ts`, to }]);

export const plants: ReadonlyMap<string, Plant> = new Map([
  ...looksRight,
  ...areas,
  ['no-cycles', { from: 'engine/session/gnir.ts', to: 'engine/session/ring.ts' }],
  ['core-imports-only-core', { from: 'engine/planted.ts', to: 'engine/session/record.ts' }],
  ['core-entry-has-no-dependency', { from: 'engine/index.ts', to: 'node_modules/jsonc-parser/index.js' }],
  ['constraints-know-no-stage', { from: 'engine/constraints/planted.ts', to: 'engine/parse.ts' }],
  ['semantics-know-no-stage', { from: 'engine/semantics/planted.ts', to: 'engine/normalize.ts' }],
  ['time-knows-no-stage', { from: 'engine/time/planted.ts', to: 'engine/policy.ts' }],
  ['only-the-command-touches-node', { from: 'engine/session/disk.ts', to: 'node:fs' }],
  ['engine-dependencies-are-listed', { from: 'engine/session/pad.ts', to: 'node_modules/left-pad/index.js' }],
  ['editor-enters-by-front-doors', { from: 'editor/lib/state/back-door.ts', to: 'engine/policy.ts' }],
  ['shared-components-know-nothing', { from: 'editor/lib/components/shared/planted.ts', to: 'engine/load.ts' }],
  ['components-do-not-compose-pages', { from: 'editor/lib/components/Page.svelte', to: 'editor/lib/views/view.ts' }],
  ['views-do-not-know-routes', { from: 'editor/lib/views/planted.ts', to: 'editor/routes/address.ts' }],
  ['state-does-not-draw', { from: 'editor/lib/state/planted.ts', to: 'editor/lib/components/Button.svelte' }],
  ['words-are-only-words', { from: 'editor/lib/words/planted.ts', to: 'editor/lib/state/workspace.ts' }],
  ['routes-hold-no-logic', { from: 'editor/routes/planted.ts', to: 'engine/load.ts' }],
  ['server-code-stays-on-the-server', { from: 'editor/lib/state/leak.ts', to: 'editor/lib/server/store.ts' }],
  ['nothing-imports-tests', { from: 'scripts/planted.ts', to: 'tests/engine/cases.ts' }],
  ['reference-shares-no-code', { from: 'tests/reference/planted.ts', to: 'engine/policy.ts' }],
  ['imports-resolve', { from: 'scripts/lost.ts', to: 'scripts/nowhere.ts' }],
]);
