/** Entry `latchkey/timeline`: a session's story in true time, played exactly on any policy. */
export { checkTimeline } from './check.ts';
export { loadTimeline } from './load.ts';
export { play, type Playback } from './play.ts';
export { probe, probeAt, type Probe, type ProbeDetails, type ProbedChange } from './probe.ts';
export { simulate, simulationOf } from './simulate.ts';
export type { AttemptResult, ExpectationResult, LaneSegment, Lanes, Mark, Segment, Simulation } from './simulation.ts';
export type { Expectation, Expected, Idp, TimedEvent, Timeline } from './timeline.ts';
