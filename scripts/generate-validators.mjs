// Turns the JSON Schemas into validators that need neither ajv nor eval: engine/generated/<name>.js and .d.ts.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _, Ajv } from 'ajv';
import { getProperty } from 'ajv/dist/compile/codegen/index.js';
import standalone from 'ajv/dist/standalone/index.js';
import next from 'ajv/dist/vocabularies/next.js';
import { buildSync } from 'esbuild';
import { compactValidator } from './compact-validator.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'engine/generated');

/** Every schema that has a validator: the file in schemas/ and the names of what is written. */
const SCHEMAS = [
  { schema: 'policy.v1.schema.json', module: 'validate-policy', name: 'validatePolicy' },
  { schema: 'timeline.v1.schema.json', module: 'validate-timeline', name: 'validateTimeline' },
  { schema: 'request.v1.schema.json', module: 'validate-request', name: 'validateRequest' },
  { schema: 'case.v1.schema.json', module: 'validate-case', name: 'validateCase' },
];

/** Annotations for people and editors; the validators carry what they report with, and nothing else. */
const FOR_PEOPLE = new Set([
  '$schema',
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

/** Keywords that are all done once the code is written: no message is made from them. */
const FOR_CODE = new Set([
  '$id',
  '$ref',
  '$defs',
  'additionalProperties',
  'dependentRequired',
  'discriminator',
  'if',
  'minItems',
  'oneOf',
  'pattern',
  'uniqueItems',
]);

function without(keywords, schema) {
  if (Array.isArray(schema)) return schema.map((each) => without(keywords, each));
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).filter(([key, value]) => !keywords.has(key) || holdsSchemas(key, value));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, BY_NAME.has(key) ? membersWithout(keywords, value) : without(keywords, value)]),
  );
}

/** What is in here faults may carry too. */
function holdsSchemas(key, value) {
  return (
    (key === 'additionalProperties' && typeof value === 'object') ||
    (key === 'oneOf' && !value.every(({ $ref }) => $ref))
  );
}

function membersWithout(keywords, byName) {
  return Object.fromEntries(Object.entries(byName).map(([name, schema]) => [name, without(keywords, schema)]));
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

/** The key that a schema asks for, when it does nothing else. */
function onlyKey(schema) {
  const { required, ...others } = schema;
  return required?.length === 1 && Object.keys(others).length === 0 ? required[0] : undefined;
}

/** Keys to choose from, and keys that exclude each other, as keywords of their own: in less code, and with one fault. */
function withChoices(schema) {
  if (Array.isArray(schema)) return schema.map(withChoices);
  if (typeof schema !== 'object' || schema === null) return schema;
  const all = Object.entries(schema).map(([keyword, value]) => {
    const keys = /^(one|any)Of$/.test(keyword) && Array.isArray(value) && value.map(onlyKey);
    if (keys && !keys.includes(undefined)) return [keyword === 'oneOf' ? 'exactlyOne' : 'atLeastOne', keys];
    const apart = keyword === 'not' && Object.keys(value).join() === 'required' && value.required.length > 1;
    return apart ? ['notTogether', value.required] : [keyword, withChoices(value)];
  });
  return Object.fromEntries(all);
}

/** Counts which of the keys are there. */
function choice(keyword, wrong) {
  const code = (cxt) => {
    const there = cxt.schema.map((key) => _`(${cxt.data}${getProperty(key)} !== undefined)`);
    cxt.fail(
      wrong(
        there.reduce((sum, each) => _`${sum} + ${each}`),
        there.length,
      ),
    );
  };
  return { keyword, type: 'object', schemaType: 'array', code, error: { message: '', params: _`{}` } };
}

const CHOICES = [
  choice('exactlyOne', (count) => _`${count} !== 1`),
  choice('atLeastOne', (count) => _`${count} === 0`),
  choice('notTogether', (count, all) => _`${count} === ${all}`),
];

function validatorSource(schema) {
  // The schemas use what all drafts share, and `dependentRequired`; all that 2020-12 adds would only be dead weight.
  const ajv = new Ajv({
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
  ajv.addVocabulary(next.default);
  ajv.addVocabulary(CHOICES);
  ajv.addVocabulary(['x-diagnostic', 'x-help', 'x-zero', 'x-tags']);
  const root = withChoices(withTags(without(FOR_PEOPLE, schema)));
  const source = standalone.default(ajv, ajv.compile(root));
  // What faults carry of the schemas: each definition stands by itself.
  const carried = source.replaceAll(
    /const (schema\d+) = (\{.*?\});(?=const|let|var|function|export)/g,
    (_all, name, json) => {
      return `const ${name} = ${JSON.stringify(without(FOR_CODE, JSON.parse(json)))};`;
    },
  );
  return compactValidator(carried);
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
