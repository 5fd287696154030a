/** Results of `latchkey test` as JUnit XML: a suite a timeline, a test case an expectation. */
import { locate } from '../load.ts';
import { formatDuration } from '../time/duration.ts';
import type { ExpectationResult } from '../timeline/index.ts';
import { answerOf } from './render-attempts.ts';
import { paintFor } from './paint.ts';
import { expectedOf, failureLines } from './render-expectations.ts';
import { hasPlayed, type Played, type TestResult, type Unplayed } from './test-results.ts';
import { Calendar } from './when.ts';

export function junitOf(results: readonly TestResult[]): string {
  const suites = results.map((result) => (hasPlayed(result) ? playedSuite(result) : unplayedSuite(result)));
  const all = results.map(countsOf);
  const sum = (name: 'tests' | 'failures' | 'errors') => all.reduce((total, each) => total + each[name], 0);
  const totals = { tests: sum('tests'), failures: sum('failures'), errors: sum('errors') };
  const attributes = attributesOf({ name: 'latchkey test', ...totals });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes}>\n${suites.join('')}</testsuites>\n`;
}

function countsOf(result: TestResult): { readonly tests: number; readonly failures: number; readonly errors: number } {
  if (!hasPlayed(result)) return { tests: 1, failures: 0, errors: 1 };
  return { tests: result.held + result.failed, failures: result.failed, errors: 0 };
}

function playedSuite(result: Played): string {
  const { simulation, run, file } = result;
  const canvas = {
    paint: paintFor({ env: {}, isTTY: false }),
    width: Infinity,
    calendar: new Calendar(run.timeline.timeZone),
  };
  const cases = simulation.expectations.map((each) =>
    caseOf(each, file, run.written.timeline.text, () => failureLines(each, simulation, run.written, canvas)),
  );
  return suite(`${file}: ${run.timeline.title}`, result, cases.join(''));
}

function unplayedSuite(result: Unplayed): string {
  const said = result.problems.map(
    ({ file, line, column, message }) => `${file}:${String(line)}:${String(column)} ${message}`,
  );
  const error = `      <error${attributesOf({ message: 'cannot be run' })}>${escaped(said.join('\n'))}</error>\n`;
  const attributes = attributesOf({ name: 'can be run', classname: result.file });
  return suite(result.file, result, `    <testcase${attributes}>\n${error}    </testcase>\n`);
}

function suite(name: string, result: TestResult, cases: string): string {
  return `  <testsuite${attributesOf({ name, ...countsOf(result) })}>\n${cases}  </testsuite>\n`;
}

function caseOf(
  { path, ok, at, expected, actual }: ExpectationResult,
  file: string,
  text: string,
  told: () => readonly string[],
): string {
  const { line } = locate(text, path);
  const name = `+${formatDuration(at)} ${expected.capability} ${expectedOf(expected)}`;
  const attributes = attributesOf({ name, classname: file, file, line });
  if (ok) return `    <testcase${attributes}/>\n`;
  const message = attributesOf({ message: `expected ${expectedOf(expected)}, happened ${answerOf(actual)}` });
  // What and where it is the attributes say.
  const body = told()
    .slice(1)
    .map((line) => line.replace(/^ {6}/, ''))
    .join('\n');
  return `    <testcase${attributes}>\n      <failure${message}>${escaped(body)}</failure>\n    </testcase>\n`;
}

function attributesOf(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** XML 1.0 has no place for most control characters, not even escaped. */
function escaped(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const sayable =
      code === 9 ||
      code === 10 ||
      code === 13 ||
      (code >= 32 && (code < 0xd8_00 || code > 0xdf_ff) && code < 0xff_fe) ||
      code > 0xff_ff;
    return sayable ? (ENTITIES[character] ?? character) : '\ufffd';
  }).join('');
}
