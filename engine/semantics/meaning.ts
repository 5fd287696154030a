/** All that is checked of a policy's meaning. */
import type { Problem } from '../problem.ts';
import { comparisonProblems } from './comparisons.ts';
import { conditionTrees } from './conditions.ts';
import { groupDepth, readOnlyPlace } from './constraint-rules.ts';
import { constraintsOf } from './constraints.ts';
import { contradictions } from './contradictions.ts';
import { exceptionDates, reviewDate } from './dates.ts';
import { constraintDurations, documentDurations } from './durations.ts';
import { builtInNames, factTypes } from './facts.ts';
import { enqueuedWithoutServer } from './offline.ts';
import { conditionCycles, conditionDepth, conditionSize, unknownConditions } from './references.ts';
import { deviceZone, emptyWindows, unknownZone } from './schedules.ts';
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
  reviewDate,
  builtInNames,
];
const OF_CONSTRAINT = [
  groupDepth,
  readOnlyPlace,
  constraintDurations,
  exceptionDates,
  unknownZone,
  emptyWindows,
  deviceZone,
];
const OF_CONDITIONS = [unknownConditions, conditionCycles, conditionDepth, conditionSize];

/** Problems of meaning in a document of any shape, in no particular order. Never throws. */
export function meaningProblems(value: unknown): readonly Problem[] {
  const document: Written = { value, pointer: '' };
  const constraints = constraintsOf(document);
  const trees = conditionTrees(document, constraints);
  const types = factTypes(document);
  return [
    ...OF_DOCUMENT.flatMap((check) => check(document)),
    ...OF_CONSTRAINT.flatMap((check) => constraints.flatMap((constraint) => check(constraint))),
    ...OF_CONDITIONS.flatMap((check) => check(trees)),
    ...trees.flatMap(({ nodes }) => nodes.flatMap((node) => comparisonProblems(node, types))),
    ...contradictions(document, types),
  ];
}
