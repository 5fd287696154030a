/** Timeline text → Timeline, or every problem that stands in its way. */
import { validateTimeline } from '../generated/validate-timeline.js';
import type { Result } from '../diagnostic.ts';
import { diagnosticsOf } from '../locate.ts';
import { parse } from '../parse.ts';
import { shapeProblems } from '../schema-errors.ts';
import type { TimelineDocument } from './document.ts';
import { normalizeTimeline } from './normalize.ts';
import { timelineProblems } from './problems.ts';
import type { Timeline } from './timeline.ts';

/**
 * Loads a timeline document. All problems at once, sorted by position; never throws. Whether it fits a policy
 * is for `checkTimeline`.
 */
export function loadTimeline(source: string | Uint8Array): Result<Timeline> {
  const parsed = parse(source);
  const { root, complete } = parsed;
  const deeper =
    root === undefined || !complete
      ? []
      : [...shapeProblems(validateTimeline, root.value), ...timelineProblems(root.value)];
  const diagnostics = diagnosticsOf(parsed, [...parsed.problems, ...deeper]);
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
  if (root === undefined || warnings.length < diagnostics.length) return { ok: false, diagnostics };
  // No problem was found, so the value has the shape that the schema describes.
  return { ok: true, value: normalizeTimeline(root.value as TimelineDocument), warnings };
}
