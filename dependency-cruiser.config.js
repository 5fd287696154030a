import { fileURLToPath } from 'node:url';
import { entries } from './latchkey-entries.js';

const NOUNS = 'document|policy|program|request|decision|diagnostic|own|facts|built-in-facts';
const CORE = 'engine/([^/]+\\.ts$|constraints/|semantics/|time/|generated/)';
/** The sources behind the package’s entries, exactly. */
const ENTRIES = Object.values(entries).map((file) => `^${file.replace('.', '\\.')}$`);

/** One rule for an area of the engine: besides itself it may use only the named others. */
function area(name, ...others) {
  return {
    name: `${name}-imports-only-its-own`,
    comment: `engine/${name} may use ${others.join(' and ')}; what it needs from elsewhere arrives as a value.`,
    severity: 'error',
    from: { path: `^engine/${name}/` },
    to: { path: '^(engine|editor)/', pathNot: [`^engine/${name}/`, ...others] },
  };
}

const STAGES = ['parse', 'validate', 'normalize', 'compile', 'decide', 'next-change', 'explain', 'index'];

/** A stage of the pipeline may use those before it, and none after. */
function stage(name) {
  return {
    name: `${name}-looks-left`,
    comment: 'A stage imports only what earlier stages produce; a type both need lives in its noun’s file.',
    severity: 'error',
    from: { path: `^engine/${name}\\.ts$` },
    to: { path: `^engine/(${STAGES.slice(STAGES.indexOf(name) + 1).join('|')})\\.ts$` },
  };
}

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or hide a third. (A component may contain itself.)',
      severity: 'error',
      from: { path: '(.+)' },
      to: { circular: true, via: { pathNot: '^$1$' } },
    },
    {
      name: 'core-imports-only-core',
      comment: 'The core decides from values; sessions, clocks and timelines are built on it, not in it.',
      severity: 'error',
      from: { path: `^${CORE}` },
      to: { path: '^(engine|editor)/', pathNot: `^${CORE}` },
    },
    {
      name: 'core-entry-has-no-dependency',
      comment: 'An app that imports `latchkey` gets our code and nothing else.',
      severity: 'error',
      from: { path: '^engine/index\\.ts$' },
      to: { path: 'node_modules', reachable: true },
    },
    {
      name: 'constraints-know-no-stage',
      comment: 'A constraint kind is told how it is written and what the facts are; stages call it, never the reverse.',
      severity: 'error',
      from: { path: '^engine/constraints/' },
      to: { path: '^engine/[^/]+\\.ts$', pathNot: `^engine/(${NOUNS})\\.ts$` },
    },
    {
      name: 'semantics-know-no-stage',
      comment: 'What a schema cannot say is checked on the document as written, before anything is made of it.',
      severity: 'error',
      from: { path: '^engine/semantics/' },
      to: { path: `^engine/(constraints/|(${STAGES.join('|')}|load)\\.ts$)` },
    },
    {
      name: 'time-knows-no-stage',
      comment: 'Calendar arithmetic knows instants and texts, nothing of policies.',
      severity: 'error',
      from: { path: '^engine/time/' },
      to: { path: '^engine/', pathNot: ['^engine/time/', '^engine/(request|diagnostic)\\.ts$'] },
    },
    ...STAGES.slice(0, -1).map(stage),
    area('clock', '^engine/request\\.ts$'),
    area('session', `^${CORE}`, '^engine/clock/'),
    area('timeline', `^${CORE}`, '^engine/clock/', '^engine/session/'),
    area('analysis', `^${CORE}`, '^engine/timeline/'),
    area('evidence'),
    area('release', `^${CORE}`),
    area('interop', `^${CORE}`),
    area('device', `^${CORE}`, '^engine/clock/', '^engine/session/', '^engine/release/'),
    area('cli', '^engine/'),
    {
      name: 'only-the-command-touches-node',
      comment: 'The engine runs in browsers, workers and other runtimes: only engine/cli may use node:.',
      severity: 'error',
      from: { path: '^engine/', pathNot: '^engine/(cli|bin)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'engine-dependencies-are-listed',
      comment: 'Whatever the engine depends on, every app carries: the list is short and closed.',
      severity: 'error',
      from: { path: '^engine/' },
      to: { path: 'node_modules', pathNot: 'node_modules/(jsonc-parser|jose|canonicalize|@types/node)/' },
    },
    {
      name: 'editor-enters-by-front-doors',
      comment: 'The editor uses what an app could use: the package’s entries.',
      severity: 'error',
      from: { path: '^editor/' },
      to: { path: '^engine/', pathNot: ENTRIES },
    },
    {
      name: 'shared-components-know-nothing',
      comment: 'A shared component draws what it is given; it could be lifted into another product.',
      severity: 'error',
      from: { path: '^editor/lib/components/shared/' },
      to: { path: '^(engine|editor)/', pathNot: '^editor/lib/(components/shared|words)/' },
    },
    {
      name: 'components-do-not-compose-pages',
      comment: 'Routes compose views, views compose components; nothing looks back up.',
      severity: 'error',
      from: { path: '^editor/lib/components/' },
      to: { path: '^editor/(routes/|lib/(views|server)/)' },
    },
    {
      name: 'views-do-not-know-routes',
      comment: 'A view is given its data; which address it stands at is the route’s business.',
      severity: 'error',
      from: { path: '^editor/lib/views/' },
      to: { path: '^editor/(routes|lib/server)/' },
    },
    {
      name: 'state-does-not-draw',
      comment: 'State classes decide and are tested without a DOM.',
      severity: 'error',
      from: { path: '^editor/lib/state/' },
      to: { path: ['^editor/(routes/|lib/(components|views|server)/)', '\\.svelte$'] },
    },
    {
      name: 'words-are-only-words',
      comment: 'Copy is data: it may name the engine’s codes, and knows no state and no component.',
      severity: 'error',
      from: { path: '^editor/lib/words/' },
      to: { path: '^editor/', pathNot: '^editor/lib/words/' },
    },
    {
      name: 'routes-hold-no-logic',
      comment: 'A route fetches and composes; deciding is for state classes and the server folder.',
      severity: 'error',
      from: { path: '^editor/routes/' },
      to: { path: '^engine/' },
    },
    {
      name: 'server-code-stays-on-the-server',
      comment:
        'Only server routes, hooks and the command reach lib/server, so that nothing of it is bundled for the browser.',
      severity: 'error',
      from: {
        path: '^editor/',
        pathNot: [
          '^editor/(lib/server|command)/',
          '\\+((page|layout)\\.server|server)\\.ts$',
          '^editor/hooks\\.server\\.ts$',
          '^editor/app\\.d\\.ts$',
        ],
      },
      to: { path: '^editor/lib/server/' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'What ships must not depend on what proves it.',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'reference-shares-no-code',
      comment: 'The oracle and the engine must be able to disagree: only types may be shared.',
      severity: 'error',
      from: { path: '^tests/reference/' },
      to: { path: '^engine/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'imports-resolve',
      comment: 'An import that resolves to nothing hides every rule about where it leads.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^\\$(app|env|service-worker)(/|$)', '/\\$types$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)(dist|build|\\.svelte-kit)/'] },
    tsPreCompilationDeps: true,
    webpackConfig: { fileName: fileURLToPath(new URL('dependency-cruiser.resolve.js', import.meta.url)) },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'default'],
    },
  },
};
