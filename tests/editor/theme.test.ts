import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync('editor/app.css', 'utf8');
const themes = {
  light: tokens(/:root \{([^}]*)\}/),
  dark: tokens(/\.dark \{([^}]*)\}/),
};
const families = [...themes.light.keys()].filter((name) => name.endsWith('-fill')).map((name) => name.slice(0, -5));
const surfaces = ['bg', 'surface', 'sunken'];

function tokens(block: RegExp): ReadonlyMap<string, string> {
  const found = (block.exec(css)?.[1] ?? '').matchAll(/--([\w-]+): (#[\da-f]{6});/g);
  return new Map([...found].map(([, name = '', colour = '']) => [name, colour]));
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(Object.entries(themes))('in the %s theme', (_, theme) => {
  const ratio = (one: string, other: string): number => contrast(theme.get(one) ?? '', theme.get(other) ?? '');

  test('every family has its four colours', () => {
    expect(families.length).toBeGreaterThan(8);
    const wanted = families.flatMap((family) => ['fill', 'ink', 'line', 'text'].map((part) => `${family}-${part}`));
    expect(wanted.filter((name) => !theme.has(name))).toEqual([]);
  });

  test.each(surfaces)('text reads on %s', (surface) => {
    for (const text of ['text', 'text-muted', 'text-faint', 'accent', ...families.map((family) => `${family}-text`)])
      expect(ratio(text, surface), text).toBeGreaterThanOrEqual(4.5);
  });

  test('text reads on fills, on the accent and on its soft shade', () => {
    expect(ratio('on-accent', 'accent')).toBeGreaterThanOrEqual(4.5);
    expect(ratio('on-accent', 'accent-strong')).toBeGreaterThanOrEqual(4.5);
    expect(ratio('text', 'accent-soft')).toBeGreaterThanOrEqual(4.5);
    for (const family of families) {
      expect(ratio(`${family}-ink`, `${family}-fill`), family).toBeGreaterThanOrEqual(4.5);
      expect(ratio(`${family}-text`, `${family}-fill`), family).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(surfaces)('lines, control borders and the focus ring show on %s', (surface) => {
    for (const line of ['border-strong', 'focus-ring', ...families.map((family) => `${family}-line`)])
      expect(ratio(line, surface), line).toBeGreaterThanOrEqual(3);
  });

  test('patterns show on their fills', () => {
    for (const family of families) expect(ratio(`${family}-line`, `${family}-fill`), family).toBeGreaterThanOrEqual(3);
  });
});
