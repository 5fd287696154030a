// Turns the JSON Schemas into validators that need neither ajv nor eval: engine/generated/<name>.js and .d.ts.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { buildSync } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'engine/generated');

/** Every schema that has a validator: the file in schemas/ and the names of what is written. */
const SCHEMAS = [
  { schema: 'policy.v1.schema.json', module: 'validate-policy', name: 'validatePolicy' },
  { schema: 'timeline.v1.schema.json', module: 'validate-timeline', name: 'validateTimeline' },
];

/** Annotations for people and editors; the validators carry what they report with, and nothing else. */
const FOR_PEOPLE = new Set([
  '$comment',
  'title',
  'description',
  'markdownDescription',
  'enumDescriptions',
  'default',
  'defaultSnippets',
  'examples',
]);
/** Keywords whose members are named by the document, not by JSON Schema. */
const BY_NAME = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas', 'dependentRequired']);

function stripped(schema) {
  if (Array.isArray(schema)) return schema.map(stripped);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).filter(([key]) => !FOR_PEOPLE.has(key));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, BY_NAME.has(key) ? membersOf(value) : stripped(value)]),
  );
}

function membersOf(byName) {
  return Object.fromEntries(Object.entries(byName).map(([name, schema]) => [name, stripped(schema)]));
}

/** Names the alternatives of every discriminated `oneOf` on the schema itself, where the errors can read them. */
function withTags(root) {
  for (const schema of Object.values(root.$defs)) {
    if (schema.discriminator === undefined) continue;
    const tagOf = ({ $ref }) =>
      root.$defs[$ref.replace('#/$defs/', '')].properties[schema.discriminator.propertyName].const;
    schema['x-tags'] = schema.oneOf.map(tagOf);
  }
  return root;
}

function validatorSource(schema) {
  const ajv = new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    code: { esm: true, lines: false, optimize: 2, source: true },
    discriminator: true,
    inlineRefs: false,
    messages: false,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    verbose: true,
  });
  ajv.addVocabulary(['x-diagnostic', 'x-help', 'x-zero', 'x-tags']);
  const root = withTags(stripped(schema));
  const source = standalone.default(ajv, ajv.compile(root));
  // Each definition also stands by itself in the source, and only those are read.
  return collectingInPlace(source.replace(JSON.stringify(root), JSON.stringify({ ...root, $defs: undefined })));
}

/** Copying all errors at every step, as ajv does, takes minutes where a long list is wrong throughout. */
function collectingInPlace(source) {
  const code = source
    .replaceAll(
      /if\(vErrors === null\)\{vErrors = \[(err\d+)\];\}else \{vErrors\.push\(\1\);\}/g,
      'vErrors = also(vErrors, [$1]);',
    )
    .replaceAll(
      /vErrors = vErrors === null \? ([\w.]+)\.errors : vErrors\.concat\(\1\.errors\);/g,
      'vErrors = also(vErrors, $1.errors);',
    );
  if (/vErrors\.(push|concat)/.test(code)) throw new Error('ajv collects its errors in a way that is new');
  return `${code}
function also(errors, more) {
  if (errors === null) return more;
  for (const error of more) errors.push(error);
  return errors;
}`;
}

/** Pulls ajv's small runtime functions into the module, so that nothing of ajv is left to install. */
function bundled(source) {
  const result = buildSync({
    stdin: { contents: source, resolveDir: dirname(createRequire(import.meta.url).resolve('ajv')), loader: 'js' },
    bundle: true,
    format: 'esm',
    legalComments: 'none',
    minify: true,
    platform: 'neutral',
    target: 'es2022',
    write: false,
    metafile: true,
  });
  const left = Object.values(result.metafile.outputs).flatMap((output) => output.imports);
  if (left.length > 0) throw new Error(`a validator still imports ${left.map(({ path }) => path).join(', ')}`);
  return result.outputFiles[0].text;
}

/** Other processes may be reading: a file is replaced as a whole, and only when it changes. */
function replace(file, content) {
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return;
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, content);
  renameSync(fresh, file);
}

mkdirSync(target, { recursive: true });
for (const { schema, module, name } of SCHEMAS) {
  const code = bundled(validatorSource(JSON.parse(readFileSync(join(root, 'schemas', schema), 'utf8'))));
  const types = `import type { Validator } from '../schema-errors.js';\n\nexport declare const ${name}: Validator;\n`;
  replace(join(target, `${module}.js`), code.replace(/export\{(\w+) as default.*\};?\s*$/, `export{$1 as ${name}};\n`));
  replace(join(target, `${module}.d.ts`), types);
}
