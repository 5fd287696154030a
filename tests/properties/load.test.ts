import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from 'latchkey';
import { load, locateDiagnostic, parseDuration, type Diagnostic } from 'latchkey/load';
import { validatePolicy } from '../../engine/generated/validate-policy.js';
import { parse } from '../../engine/parse.ts';
import { shapeProblems } from '../../engine/schema-errors.ts';
import { EVERY_PART } from './every-part.ts';

fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_120) });

const WHOLE = JSON.stringify(EVERY_PART, null, 2);

/** Keys and values that documents have, in wrong places, beside ones that none has. */
const words = fc.constantFrom(
  '',
  'kind',
  'id',
  'A',
  'low',
  '0s',
  '7d',
  'maxAge',
  '__proto__',
  'constructor',
  'online',
  'of',
);
const value = fc.oneof(
  words,
  fc.json({ maxDepth: 3 }).map((text): unknown => JSON.parse(text)),
);

type Step = (at: number) => number;

/** Replaces, drops or renames something at a random depth. */
function mutated(document: unknown, step: Step, replacement: unknown, word: string): unknown {
  if (typeof document !== 'object' || document === null || step(6) === 0) return replacement;
  if (Array.isArray(document)) {
    if (document.length === 0) return [replacement];
    const at = step(document.length);
    if (step(5) === 0) return [...(document as unknown[]), document[at]];
    return document.flatMap((item: unknown, i) => (i === at ? [mutated(item, step, replacement, word)] : [item]));
  }
  const entries = Object.entries(document);
  const at = step(entries.length + 1);
  if (at === entries.length) return Object.fromEntries([...entries, [word, replacement]]);
  const action = step(6);
  return Object.fromEntries(
    entries.flatMap(([key, member], i) => {
      if (i !== at) return [[key, member]];
      if (action === 0) return [];
      return [action === 1 ? [word, member] : [key, mutated(member, step, replacement, word)]];
    }),
  );
}

const mutations = fc
  .tuple(fc.infiniteStream(fc.nat()), value, words)
  .map(([numbers, replacement, word]) =>
    mutated(EVERY_PART, (n) => (numbers.next().value ?? 0) % n, replacement, word),
  );

/** The text with a stretch cut out and another put in. */
const cutText = fc
  .tuple(
    fc.nat(WHOLE.length),
    fc.nat(12),
    fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('"', ',', '}', '//', '\\', '{')),
  )
  .map(([at, length, inserted]) => WHOLE.slice(0, at) + inserted + WHOLE.slice(at + length));

function check(source: string | Uint8Array): readonly Diagnostic[] {
  const result = load(source);
  if (result.ok) compile(result.value.policy);
  else expect(result.diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  const diagnostics = result.ok ? result.warnings : result.diagnostics;
  const places = diagnostics.map(({ line, column }) => line * 1e7 + column);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  for (const diagnostic of diagnostics) {
    expect(diagnostic.message).not.toMatch(/[\r\n]|\.$/);
    if (typeof source === 'string')
      expect(locateDiagnostic(source, diagnostic)).toMatchObject({ line: diagnostic.line });
  }
  return diagnostics;
}

describe('load', () => {
  it('takes a document that uses the whole language', () => {
    expect(check(WHOLE)).toEqual([]);
  });

  it('answers for any bytes and any text', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void check(bytes)));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void check(text)));
    fc.assert(fc.property(fc.json(), (text) => void check(text)));
  });

  it('answers for documents with a slip in the text, and never says less than JSON.parse', () => {
    fc.assert(
      fc.property(cutText, (text) => {
        check(text);
        const { problems, root } = parse(text);
        const syntax = problems.filter(({ code }) => code === 'invalid_json');
        const read = parsedByPlatform(text);
        expect(syntax.length === 0).toBe(read.ok);
        if (read.ok && problems.length === 0) expect(root?.value).toEqual(read.value);
      }),
      { numRuns: 500 },
    );
  });

  it('answers for documents with a wrong value, key or element anywhere, and compiles what it lets through', () => {
    let refused = 0;
    fc.assert(
      fc.property(mutations, (document) => {
        const text = JSON.stringify(document, null, 1);
        if (check(text).length > 0) refused++;
      }),
      { numRuns: 1000 },
    );
    expect(refused).toBeGreaterThan(500);
  });
});

describe('the schema', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../schemas/policy.v1.schema.json', import.meta.url), 'utf8'),
  ) as object;
  // As any other tool reads it: without the discriminator, and with every annotation left in.
  const plain = new Ajv2020({ strict: false }).compile(schema);

  it('says the same to other tools as to `load`', () => {
    fc.assert(
      fc.property(mutations, (document) => {
        expect(shapeProblems(validatePolicy, document).length === 0).toBe(plain(document));
      }),
      { numRuns: 1000 },
    );
  });

  it('knows the same durations as `parseDuration`', () => {
    const valid = new Ajv2020({ strict: false })
      .addSchema(schema, 'policy')
      .compile({ $ref: 'policy#/$defs/duration' });
    const part = fc.stringMatching(/^[0-9]{0,2}(d|h|m|s|ms)?$/);
    const text = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (written) => {
        expect(valid(written)).toBe(parseDuration(written) !== undefined);
      }),
      { numRuns: 2000 },
    );
  });
});

function parsedByPlatform(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}
