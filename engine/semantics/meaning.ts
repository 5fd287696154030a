/** All that is checked of a policy's meaning. */
import type { Problem } from '../problem.ts';
import { constraintDurations, documentDurations } from './durations.ts';
import { groupDepth, readOnlyPlace } from './constraint-rules.ts';
import { constraintsOf } from './constraints.ts';
import { notADate } from './dates.ts';
import { enqueuedWithoutServer } from './offline.ts';
import { listedObligations, openedTiers } from './states.ts';
import { duplicateIds, unknownTiers } from './tiers.ts';
import type { Written } from './written.ts';

const OF_DOCUMENT = [
  duplicateIds,
  unknownTiers,
  enqueuedWithoutServer,
  openedTiers,
  listedObligations,
  documentDurations,
  notADate,
];
const OF_CONSTRAINT = [groupDepth, readOnlyPlace, constraintDurations];

/** Problems of meaning in a document of any shape, in no particular order. Never throws. */
export function meaningProblems(value: unknown): readonly Problem[] {
  const document: Written = { value, pointer: '' };
  const constraints = constraintsOf(document);
  return [
    ...OF_DOCUMENT.flatMap((check) => check(document)),
    ...OF_CONSTRAINT.flatMap((check) => constraints.flatMap((constraint) => check(constraint))),
  ];
}
