import { describe, expect, it } from 'vitest';
import { load, type Diagnostic } from 'latchkey/load';
import { readFixtures, type Expected } from './fixture.ts';

describe.each(readFixtures())('$code/$file', ({ code, bytes, expected }) => {
  const result = load(bytes);
  const diagnostics = result.ok ? [] : result.diagnostics;

  it('is refused with these diagnostics, in this order, at these places', () => {
    expect(diagnostics.map((diagnostic, i) => comparable(diagnostic, expected[i]))).toEqual(expected);
    expect(expected.some((diagnostic) => diagnostic.code === code)).toBe(true);
  });

  it('is told in one line, lower case, without a full stop, with what to write', () => {
    for (const { message, help } of diagnostics) {
      expect(message).toMatch(/^[^\p{Lu}\n][^\n]*[^.\n]$/u);
      expect(help).toMatch(/^[^\p{Lu}\n][^\n]*[^.\n]$/u);
    }
  });
});

function comparable({ code, pointer, line, column, help }: Diagnostic, expected: Expected | undefined): Expected {
  return { code, pointer, line, column, ...(expected?.help !== undefined && help !== undefined ? { help } : {}) };
}
