/** Entry `latchkey/timeline`: a session's story in true time, played exactly on any policy. */
export { askedBy } from './asked.ts';
export { boundaries, boundariesOf, type Boundaries, type Boundary, type BoundaryProbe } from './boundaries.ts';
export { checkTimeline } from './check.ts';
export { buffersOf, compact, expanded, segmentsAt, type CompactSimulation } from './compact.ts';
export { limitsOf } from './limits.ts';
export type { Limit, Measured } from './limit.ts';
export { loadTimeline } from './load.ts';
export { play, storedAt } from './play.ts';
export type { Playback, Stored } from './playback.ts';
export { PRESET_REACH, PRESETS, type Preset } from './presets/index.ts';
export { onlyVersion } from './programs.ts';
export { probe, probeAt, type Probe, type ProbeDetails, type ProbedChange } from './probe.ts';
export { simulate, simulationOf } from './simulate.ts';
export type {
  AttemptResult,
  ExpectationResult,
  LaneSegment,
  Lanes,
  Mark,
  Segment,
  Simulation,
  TimedEffect,
} from './simulation.ts';
export { stretches, type CapabilityStretches, type ChangedStretch } from './stretches.ts';
export type { Expectation, Expected, Idp, TimedEvent, Timeline } from './timeline.ts';
