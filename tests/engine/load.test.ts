import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { load, locate, locateDiagnostic, type Diagnostic } from 'latchkey/load';

const sample = readFileSync(new URL('../../policies/field-service/1.json', import.meta.url), 'utf8');

/** A small valid document with `members` added. */
function document(members: Readonly<Record<string, unknown>> = {}): string {
  const tiers = [{ id: 'A', sensitivity: 'internal', require: [] }];
  const capabilities = [{ id: 'note.write', tier: 'A', access: 'write' }];
  return JSON.stringify({ language: 1, id: 'sample', version: 1, tiers, capabilities, ...members });
}

function diagnosticsOf(source: string | Uint8Array): readonly Diagnostic[] {
  const result = load(source);
  return result.ok ? result.warnings : result.diagnostics;
}

function codesOf(source: string | Uint8Array): readonly string[] {
  return diagnosticsOf(source).map(({ code }) => code);
}

describe('load', () => {
  it('reads the field-service policy without a word', () => {
    const result = load(sample);
    expect(result.ok && result.value.policy.id).toBe('field-service');
    expect(diagnosticsOf(sample)).toEqual([]);
  });

  it('reads bytes and text alike, with or without a byte order mark', () => {
    const fromText = load(sample);
    expect(load(new TextEncoder().encode(sample))).toEqual(fromText);
    expect(load(`\uFEFF${sample}`)).toEqual(fromText);
    expect(load(new TextEncoder().encode(`\uFEFF${sample}`))).toEqual(fromText);
  });

  it.each([undefined, null, 7, JSON.parse(sample), [sample], new ArrayBuffer(8)])(
    'says of what is neither text nor bytes what to hand over instead (%#)',
    (source) => {
      const [diagnostic, ...others] = diagnosticsOf(source as string);
      expect(diagnostic).toMatchObject({ code: 'invalid_json', message: 'what was given is neither text nor bytes' });
      expect(diagnostic?.help).toContain('the text of the document');
      expect(others).toEqual([]);
    },
  );

  it('counts no column for a byte order mark', () => {
    expect(diagnosticsOf('\uFEFF[]')).toMatchObject([{ code: 'wrong_type', line: 1, column: 1 }]);
  });

  it('counts lines that end with LF, CR LF or CR', () => {
    const [diagnostic] = diagnosticsOf('{\r\n"a":\r1,\n  "b": nope }');
    expect(diagnostic).toMatchObject({ code: 'invalid_json', line: 4, column: 8 });
  });

  it('counts columns in UTF-16 units', () => {
    expect(diagnosticsOf('{ "title": "😀", "x": nope }')).toMatchObject([{ line: 1, column: 23 }]);
  });

  it('refuses documents above 1 MiB of UTF-8 without reading them, and reads those of exactly 1 MiB', () => {
    const padded = (bytes: number): string => {
      const empty = document({ description: '' });
      return document({ description: 'é'.repeat((bytes - empty.length) / 2) + 'x'.repeat((bytes - empty.length) % 2) });
    };
    expect(codesOf(padded(1024 * 1024))).toEqual([]);
    expect(codesOf(padded(1024 * 1024 + 1))).toEqual(['cap_exceeded']);
    expect(codesOf(new Uint8Array(2 * 1024 * 1024).fill(32))).toEqual(['cap_exceeded']);
    expect(codesOf('['.repeat(2 * 1024 * 1024))).toEqual(['cap_exceeded']);
  });

  it('refuses 20,000 nested lists or objects at the first that is too deep', () => {
    expect(diagnosticsOf('['.repeat(20_000))).toMatchObject([
      { code: 'cap_exceeded', pointer: '', line: 1, column: 129 },
    ]);
    expect(codesOf('[\n'.repeat(20_000) + ']'.repeat(20_000))).toEqual(['cap_exceeded']);
    expect(codesOf('{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000))).toEqual(['cap_exceeded']);
  });

  it('takes 16 nested groups, but not 10,001 capabilities', () => {
    let group: unknown = { kind: 'online' };
    for (let i = 0; i < 16; i++) group = { kind: 'allOf', of: [group] };
    expect(codesOf(document({ guards: [group] }))).toEqual([]);
    const many = (count: number): string =>
      document({ capabilities: Array.from({ length: count }, (_, i) => ({ id: `c${i}`, tier: 'A', access: 'read' })) });
    expect(codesOf(many(10_000))).toEqual([]);
    expect(diagnosticsOf(many(10_001))).toMatchObject([{ code: 'cap_exceeded', pointer: '/capabilities' }]);
  });

  it('takes the longest duration and the longest wait after unlocking the device', () => {
    const guards = [
      { kind: 'maxAge', of: 'authTime', limit: '3650d' },
      { kind: 'stepUp', maxAge: '1h', acceptDeviceUnlock: '5m' },
    ];
    expect(codesOf(document({ guards }))).toEqual([]);
    expect(codesOf(document({ guards: [{ kind: 'maxAge', of: 'authTime', limit: '3650d1ms' }] }))).toEqual([
      'cap_exceeded',
    ]);
  });

  it('takes `readOnly` where only writes can meet it', () => {
    const grant = { kind: 'grant', rolesAny: ['nurse'], onMissing: 'readOnly' };
    expect(codesOf(document({ guards: [grant], sensitivity: { public: [grant] } }))).toEqual([]);
  });

  it('lets an app have obligations of its own, and warns of one that looks like a slip', () => {
    const withObligations = (...obligations: unknown[]): string => document({ onState: { LOCKED: { obligations } } });
    expect(diagnosticsOf(withObligations('lock', { type: 'notify', template: 'locked' }))).toEqual([]);
    const result = load(withObligations('clearToken'));
    expect(result.ok).toBe(true);
    expect(diagnosticsOf(withObligations('clearToken'))).toMatchObject([
      { code: 'unknown_value', severity: 'warning', help: 'did you mean `clearTokens`?' },
    ]);
  });

  it('says nothing of unknown tiers while a tier has no readable id', () => {
    expect(codesOf(document({ tiers: [{ ID: 'A', require: [] }] }))).toEqual(['unknown_key']);
  });

  it('does not take a comment for the end of what can be said', () => {
    const text = document({ mode: 'off' }).replace('{', '{ // no\n');
    expect(codesOf(text)).toEqual(['invalid_json', 'unknown_value']);
  });

  it('gives documents whose keys reach no prototype', () => {
    const result = load(document({ onState: { REAUTH_REQUIRED: { tiers: { A: 'full' } } } }));
    if (!result.ok) throw new Error('should load');
    const tiers = result.value.policy.onState.REAUTH_REQUIRED?.tiers;
    expect(tiers).toEqual({ A: 'full' });
    expect('toString' in (tiers ?? {})).toBe(false);
    expect(Object.getPrototypeOf(result.value.document)).toBeNull();
  });

  it('answers for a long list that is wrong throughout, or full of unknown and repeated keys, in time that grows no faster than they do', () => {
    const guards = document({ guards: [] }).replace('"guards":[]', `"guards":[${'0,'.repeat(100_000)}0]`);
    expect(codesOf(guards).length).toBe(100_001);
    const keys = Array.from({ length: 40_000 }, (_, i) => `"k${i}":0`).join();
    expect(codesOf(document().replace('{', `{${keys},`)).length).toBe(40_000);
    expect(codesOf(document().replace('{', `{${'"version":1,'.repeat(40_000)}`)).length).toBe(40_000);
  });
});

describe('locate', () => {
  it('finds the value of a pointer', () => {
    const { offset, length, line } = locate(sample, '/tiers/0/require/0/limit');
    expect(sample.slice(offset, offset + length)).toBe('"7d"');
    expect(sample.split('\n')[line - 1]).toContain('"limit": "7d"');
  });

  it('unescapes pointers and looks at own members only', () => {
    const text = '{ "a/b": { "c~d": 1 } }';
    expect(locate(text, '/a~1b/c~0d')).toEqual({ offset: 18, length: 1, line: 1, column: 19 });
    expect(locate(text, '/toString')).toMatchObject({ offset: 0 });
  });

  it('gives the innermost value there is when the document does not reach as far, or is broken', () => {
    expect(locate('{ "tiers": [1, 2] }', '/tiers/5/id')).toMatchObject({ offset: 11, length: 6 });
    expect(locate('{ "tiers": [1, 2', '/tiers/1')).toMatchObject({ offset: 15, length: 1 });
    expect(locate('', '/tiers')).toEqual({ offset: 0, length: 0, line: 1, column: 1 });
  });

  it('gives the stretch of text that a diagnostic is about', () => {
    const stretch = (text: string): string[] =>
      diagnosticsOf(text).map((diagnostic) => {
        const { offset, length } = locateDiagnostic(text, diagnostic);
        return text.slice(offset, offset + length);
      });
    expect(stretch(document({ modes: 1, mode: 'off' }))).toEqual(['"modes"', '"off"']);
    expect(stretch('{ "a": nope }')).toEqual(['nope']);
    expect(stretch('{ "a": 1')).toEqual(['']);
  });
});
