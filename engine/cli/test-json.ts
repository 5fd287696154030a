/** Results of `latchkey test` for other programs. Members are only ever added. */
import { locate } from '../load.ts';
import type { ExpectationResult } from '../timeline/index.ts';
import type { SourceFile } from './files.ts';
import { coveragesOf } from './render-coverage.ts';
import { hasPlayed, passed, type TestResult } from './test-results.ts';

export function jsonOf(results: readonly TestResult[]): unknown {
  const coverage = coveragesOf(results).map(({ policy, source, coverage: found }) => ({
    policy,
    file: source.file,
    ...found,
  }));
  return { ok: results.every(passed), timelines: results.map(timelineJson), coverage };
}

function timelineJson(result: TestResult): unknown {
  const { file } = result;
  if (!hasPlayed(result)) return { file, ok: false, problems: result.problems };
  const { program, timeline, written } = result.run;
  const { id, version } = program.policy;
  return {
    file,
    title: timeline.title,
    policy: `${id}@${String(version)}`,
    ok: result.failed === 0,
    expectations: result.simulation.expectations.map((each) => expectationJson(each, written.timeline)),
  };
}

/** Times in milliseconds after the timeline's start. */
function expectationJson({ path, ok, at, since, expected, actual }: ExpectationResult, { text }: SourceFile): unknown {
  const { line, column } = locate(text, path);
  const { outcome, reason, reasons, remedies } = actual;
  const obligations = actual.obligations.map(({ type }) => type);
  return { path, line, column, ok, at, since, expected, happened: { outcome, reason, reasons, obligations, remedies } };
}
