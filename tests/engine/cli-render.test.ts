import type { Simulation } from 'latchkey/timeline';
import { describe, expect, test } from 'vitest';
import { REASON_CODES } from '../../engine/decision.ts';
import { runsOf } from '../../engine/cli/cells.ts';
import { documentKindOf } from '../../engine/cli/document-kind.ts';
import { paintFor } from '../../engine/cli/paint.ts';
import { FAMILIES, familyOf } from '../../engine/cli/palette.ts';
import { renderDiagnostic } from '../../engine/cli/render-diagnostic.ts';
import { renderLanes } from '../../engine/cli/render-lanes.ts';
import { renderSvg } from '../../engine/cli/render-svg.ts';
import { fitted, shown, squeezed, widthOfText } from '../../engine/cli/text-width.ts';
import { Calendar, ticksOf } from '../../engine/cli/when.ts';
import { decisionOf, simulationOfNineDays } from './cli-fixture.ts';

const plain = paintFor({ env: {}, isTTY: false });
const coloured = paintFor({ env: { FORCE_COLOR: '1' }, isTTY: false });
const ESCAPE = String.fromCharCode(27);
const withoutColour = (text: string) => text.replaceAll(new RegExp(`${ESCAPE}\\[[\\d;]*m`, 'g'), '');

describe('a source line with a caret', () => {
  const pointing = (line: string, column: number, length: number, width = 80) => {
    const found = {
      file: 'p.json',
      code: 'unknown_key',
      severity: 'error',
      pointer: '',
      line: 1,
      column,
      message: 'm',
    } as const;
    return renderDiagnostic(found, { place: { lines: [line], length }, help: 'h', paint: plain, width })
      .split('\n')
      .slice(2, 4);
  };

  test.each([
    ['plain text', '{ "maxage": 1 }', 3, 8, ' 1 │ { "maxage": 1 }', '   │   ^^^^^^^^'],
    ['tabs, two columns each', '\t\t"maxage"', 3, 8, ' 1 │     "maxage"', '   │     ^^^^^^^^'],
    ['wide characters, two columns each', '"名前": "値"', 7, 3, ' 1 │ "名前": "値"', '   │         ^^^^'],
    ['an emoji of several code points', '"👩‍🔧": 1', 10, 1, ' 1 │ "👩‍🔧": 1', '   │       ^'],
    ['a letter with a combining accent', '"e\u0301": 1', 7, 1, ' 1 │ "e\u0301": 1', '   │      ^'],
    ['the end of the line', '{ "a": ', 8, 1, ' 1 │ { "a": ', '   │        ^'],
    ['more than the line has', '{ "a": [', 8, 400, ' 1 │ { "a": [', '   │        ^'],
    ['an empty line', '', 1, 0, ' 1 │ ', '   │ ^'],
    ['a control character, which is not let through', '"\u001b[31m" x', 9, 1, ' 1 │ "�[31m" x', '   │         ^'],
  ])('stands right under %s', (_, line, column, length, source, caret) => {
    expect(pointing(line, column, length)).toEqual([source, caret]);
  });

  test('keeps the place in view on a line longer than the terminal', () => {
    const [source = '', caret = ''] = pointing(`${'x'.repeat(500_000)}"here"${'y'.repeat(500_000)}`, 500_001, 6);
    expect(widthOfText(source)).toBeLessThanOrEqual(80);
    expect(source.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1)).toBe('"here"');
  });
});

describe('text on a terminal', () => {
  test.each([
    ['abc', 3],
    ['名前', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['👩‍🔧', 2],
    ['ｆｕｌｌ', 8],
    ['', 0],
  ])('%s takes %i columns', (text, width) => expect(widthOfText(text)).toBe(width));

  test('is cut or padded to the exact width', () => {
    for (const text of ['a', 'abcdef', '名前名前', 'a名前b']) expect(widthOfText(fitted(text, 4))).toBe(4);
    expect(fitted('abcdef', 4)).toBe('abc…');
    expect(squeezed('work_order.a', 7)).toBe('wor…r.a');
    expect(squeezed('名前.abc', 6)).toBe('名…abc');
  });

  test('holds no control character, direction override or half of a pair', () => {
    expect(shown('a\u001b[2J\u202eb\ud800\tc')).toBe('a�[2J�b�  c');
  });
});

describe('a document', () => {
  test.each([
    ['a key `timeline`', '{ "timeline": 1 }', 'timeline'],
    ['`timeline` in a text and deeper down', '{ "title": "x, \\"timeline\\":", "policy": {"timeline": 1} }', 'policy'],
    ['`timeline` after a list, and no end', '{ "events": [{ "timeline": 1 }], "timeline": 1', 'timeline'],
    ['a JSON Schema dialect', '{ "$schema": "https://json-schema.org/draft/2020-12/schema" }', 'schema'],
    ['a schema of ours', '{ "$schema": "../../schemas/policy.v1.schema.json", "language": 1 }', 'policy'],
    ['nothing', '', 'policy'],
    ['only a text', '"timeline"', 'policy'],
    ['endless nesting', '['.repeat(200_000), 'policy'],
    ['an endless text', `{ "a": "${'x'.repeat(2_000_000)}`, 'policy'],
  ])('with %s is told by its top level', (_, text, kind) => expect(documentKindOf(text)).toBe(kind));
});

describe('colour', () => {
  test.each([
    [{ env: {}, isTTY: false }, false],
    [{ env: {}, isTTY: true }, true],
    [{ env: { TERM: 'dumb' }, isTTY: true }, false],
    [{ env: { NO_COLOR: '1' }, isTTY: true }, false],
    [{ env: { NO_COLOR: '' }, isTTY: true }, true],
    [{ env: { FORCE_COLOR: '1' }, isTTY: false }, true],
    [{ env: { FORCE_COLOR: '0' }, isTTY: true }, false],
    [{ env: { FORCE_COLOR: '1', NO_COLOR: '1' }, isTTY: true }, false],
  ])('with %j is %s', (io, wanted) => expect(paintFor(io).ink('x', 'red') !== 'x').toBe(wanted));
});

describe('families of decisions', () => {
  test('have a letter each', () => {
    expect(new Set(FAMILIES.map(({ letter }) => letter)).size).toBe(FAMILIES.length);
  });

  test('cover every reason code', () => {
    for (const code of REASON_CODES) expect(FAMILIES).toContain(familyOf(decisionOf('deny', code)));
  });

  test('tell apart what a permit comes with', () => {
    const families = [
      decisionOf('permit'),
      decisionOf('permit', null, ['enqueue']),
      decisionOf('permit', null, ['readOnly']),
      decisionOf('permit', null, [], true),
    ].map((decision) => familyOf(decision).letter);
    expect(families).toEqual(['P', 'Q', 'V', 'W']);
  });
});

describe('cells of a lane', () => {
  const shares = (edges: readonly number[], columns: number) => {
    const until = edges.at(-1) ?? 0;
    const stretches = edges.slice(1).map((to, index) => ({ from: edges[index] ?? 0, to }));
    return runsOf(stretches, until, columns)
      .map(({ index, length }) => `${String(index)}×${String(length)}`)
      .join(' ');
  };

  test.each([
    ['begin at the nearest one', [0, 26, 100], 10, '0×3 1×7'],
    ['are given to a stretch too short for one', [0, 50, 51, 100], 10, '0×5 1×1 2×4'],
    ['are given to short stretches side by side', [0, 1, 2, 4, 100], 10, '0×1 1×1 2×1 3×7'],
    ['push a long stretch no further than three', [0, 1, 2, 3, 4, 5, 100], 10, '0×1 1×1 2×1 4×1 5×6'],
    ['are given to the very end', [0, 99, 100], 10, '0×9 1×1'],
    ['go round as far as they do', [0, 1, 2, 3, 4, 5, 6], 3, '0×1 1×1 5×1'],
    ['are all taken by one stretch', [0, 100], 10, '0×10'],
  ])('%s', (_, edges, columns, expected) => expect(shares(edges, columns)).toBe(expected));

  test('are filled from the first to the last, whatever the stretches', () => {
    let seed = 7;
    const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    for (let round = 0; round < 500; round += 1) {
      const until = 1 + Math.floor(random() * 1e6);
      const edges = [
        0,
        ...Array.from({ length: Math.floor(random() * 90) }, () => Math.floor(random() * until)),
        until,
      ];
      const sorted = [...new Set(edges)].sort((a, b) => a - b);
      const runs = runsOf(
        sorted.slice(1).map((to, index) => ({ from: sorted[index] ?? 0, to })),
        until,
        60,
      );
      expect(runs.reduce((sum, { length }) => sum + length, 0)).toBe(60);
      expect(runs.every(({ length }) => length > 0)).toBe(true);
      expect(runs.every(({ index }, at) => at === 0 || index > (runs[at - 1]?.index ?? 0))).toBe(true);
    }
  });
});

describe('ticks', () => {
  const HOUR = 3_600_000;
  test.each([
    [9 * 24 * HOUR, 9, 24],
    [9 * 24 * HOUR, 4.75, 48],
    [8 * HOUR, 4, 2],
    [4000 * 24 * HOUR, 2, 8760 * 6],
  ])('of %i ms with room for %f are at round offsets', (until, most, hours) => {
    const ticks = ticksOf(until, most);
    expect([ticks[0], ticks[1]]).toEqual([0, ticks.length > 1 ? hours * HOUR : undefined]);
    expect(ticks.every((at) => at < until)).toBe(true);
  });

  test('read as wall-clock time of the zone, in UTC where the zone is unknown', () => {
    const at = Date.parse('2026-03-29T01:30:00.250Z');
    expect(new Calendar('Europe/Berlin').read(at)).toBe('Sun 29 Mar 03:30:00.250');
    expect(new Calendar('Mars/Olympus').zone).toBe('UTC');
    expect(new Calendar().read(Date.parse('2026-03-02T08:00:00Z'))).toBe('Mon 2 Mar 08:00');
  });
});

describe('lanes on a terminal', () => {
  const drawn = (width: number, paint = plain) =>
    renderLanes(simulationOfNineDays, { paint, width, calendar: new Calendar('Europe/Berlin') });

  test.each([50, 80, 120, 200])('fit %i columns', (width) => {
    for (const line of drawn(width).split('\n')) expect(widthOfText(line)).toBeLessThanOrEqual(width);
  });

  test('say the same with and without colour', () => {
    expect(drawn(80)).not.toContain('\u001b');
    expect(drawn(80, coloured)).toContain('\u001b');
    expect(withoutColour(drawn(80, coloured))).toBe(drawn(80));
  });

  test('show every stretch by letter and fill, dates on the axis, and the letters in the legend', () => {
    const lines = drawn(80).split('\n');
    expect(lines[1]).toMatch(/Mon 2 Mar +Wed 4 Mar +Fri 6 Mar/);
    expect(lines.find((line) => line.startsWith('work_order.view'))).toMatch(/ {2}P━+W━+R░+$/);
    expect(lines.find((line) => line.startsWith('work_order.note'))).toMatch(/ {2}SQ━+S┅+R░+$/);
    expect(lines.find((line) => line.startsWith('work_order.complete'))).toMatch(/ {2}PQO░+L░+$/);
    expect(lines.find((line) => line.startsWith('connectivity'))).toMatch(/ {2}o│offline─+l│offline─+│online$/);
    expect(lines).toContain('  R░░░  deny       sign in again (reauth_required)');
    expect(lines).toContain('  connectivity   o online   l limited');
    expect(lines).toContain('  access token   f fresh   e expiring');
    expect(drawn(80)).not.toContain('  U');
  });

  const crowded = (stepUp: readonly string[], policies = ['p@1']): Simulation => {
    const hours = (values: readonly string[]) =>
      values.map((value, i) => ({ from: i * 1000, to: i === values.length - 1 ? 9e8 : (i + 1) * 1000, value }));
    const { lanes, ...rest } = simulationOfNineDays;
    return { ...rest, until: 9e8, lanes: { ...lanes, stepUp: hours(stepUp), policy: hours(policies) } };
  };

  test('never give two states of a lane one letter', () => {
    const calendar = new Calendar();
    const words = ['none', 'fpt', 'face', 'pin', 'pwd', 'face+fpt', '名前', 'fff', 'fff+fff'];
    const text = renderLanes(crowded(words, ['p@1', 'p@12', 'p@2']), { paint: plain, width: 200, calendar });
    const legend = (lane: string) => new RegExp(`^  ${lane} +(.*)$`, 'm').exec(text)?.[1]?.split('   ') ?? [];
    const letters = legend('step-up').map((each) => each.split(' ')[0] ?? '');
    expect(legend('step-up').map((each) => each.split(' ')[1])).toEqual(words.slice(0, letters.length));
    expect(letters.slice(0, 3)).toEqual(['·', 'f', 'a']);
    expect(new Set(letters).size).toBe(letters.length);
    for (const letter of letters) expect(widthOfText(letter)).toBe(1);
  });

  test.each([40, 60, 80])('explain every letter on %i columns, on as many lines as it takes', (width) => {
    const { lanes, segments } = simulationOfNineDays;
    const states = crowded(['none', 'fpt', 'face', 'pin+fpt', 'hwk+pin', 'sms+otp+pin']);
    const lines = renderLanes(
      { ...states, lanes: { ...lanes, stepUp: states.lanes.stepUp }, segments },
      { paint: plain, width, calendar: new Calendar() },
    ).split('\n');
    for (const line of lines) expect(widthOfText(line)).toBeLessThanOrEqual(width);
    const text = lines.join(' ').replaceAll(/ +/g, ' ');
    expect(text).not.toMatch(/\w…$/m);
    expect(text).toContain('(reauth_required)');
  });
});

describe('a drawing', () => {
  const title = 'Dead zone <b>&"\u0000\ud800';
  const svg = renderSvg(simulationOfNineDays, {
    title,
    subtitle: 'nine days',
    calendar: new Calendar('Europe/Berlin'),
  });

  test('is self-contained: no script, no style sheet, no link', () => {
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).not.toMatch(/<script|<style|<image|href|@import|\son\w+=/i);
  });

  test('escapes what it is given and leaves out what XML cannot hold', () => {
    expect(svg).toContain('Dead zone &lt;b&gt;&amp;&quot;��');
  });

  test('opens and closes every element in order', () => {
    const open: string[] = [];
    for (const [, close, name = '', rest = ''] of svg.matchAll(/<(\/?)(\w+)((?:"[^"]*"|[^">])*)>/g)) {
      if (close === '/') expect(open.pop()).toBe(name);
      else if (!rest.endsWith('/')) open.push(name);
    }
    expect(open).toEqual([]);
  });

  test('defines each pattern it uses, and has title, axis, labels and legend', () => {
    const used = new Set([...svg.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id));
    expect(used.size).toBe(7);
    for (const id of used) expect(svg).toContain(`<pattern id="${String(id)}"`);
    const states = 'clock: w unproven_forward';
    for (const text of ['nine days', 'Tue 10 Mar', '+8d', 'work_order.complete', 'R · sign in again', states])
      expect(svg).toContain(`>${text}<`);
  });
});
