/** What we set out to reach, and whether a run reached it. */
import { casl } from './contenders/casl.ts';
import { handWrittenReasons } from './contenders/hand-written.ts';
import { LIBRARIES } from './contenders/index.ts';
import { jsonLogicBuilt } from './contenders/json-logic-built.ts';
import { jsonRulesEngine } from './contenders/json-rules-engine.ts';
import { latchkeyDecide, latchkeyPermits } from './contenders/latchkey.ts';
import { named, type Results } from './results.ts';
import type { Timing } from './rounds.ts';
import { duration, ratio } from './wording.ts';

export interface Target {
  readonly claim: string;
  /** At most that. */
  readonly limit: string;
  readonly reached: string;
  readonly met: boolean;
}

/** `times` is what of the other's time ours may take: 1.2, or 1/250. */
function against(claim: string, times: number, ours: Timing, other: Timing): Target {
  return {
    claim,
    limit: ratio(times, 1),
    reached: ratio(ours.median, other.median),
    met: ours.median <= times * other.median,
  };
}

/** The fastest library that needs no `eval`. */
function fastestWithoutEval({ few, footprints }: Results): Timing {
  const timings = LIBRARIES.filter(({ name }) => named(footprints, name).worksWithoutEval).map(({ name }) =>
    named(few.timings, name),
  );
  return timings.reduce((fastest, each) => (each.median < fastest.median ? each : fastest));
}

export function targetsOf(results: Results): readonly Target[] {
  const { few, many, builds, instants } = results;
  const permits = named(few.timings, latchkeyPermits.name);
  const decide = named(few.timings, latchkeyDecide.name);
  const rules = named(few.timings, jsonRulesEngine.name);
  const byHand = named(few.timings, handWrittenReasons.name);
  const evalFree = fastestWithoutEval(results);
  const compiled = named(builds, 'latchkey, `compile`');
  return [
    against('`permits` and json-logic-engine, built', 1.2, permits, named(few.timings, jsonLogicBuilt.name)),
    against(`\`permits\` and the fastest library without \`eval\`: ${evalFree.name}`, 1, permits, evalFree),
    against('`permits` and json-rules-engine', 1 / 250, permits, rules),
    against('`decide` and hand-written, with reasons', 4, decide, byHand),
    against('the same, as we would like it', 2, decide, byHand),
    against('`decide` and CASL', 1 / 2.5, decide, named(few.timings, casl.name)),
    against('`decide` and json-rules-engine', 1 / 80, decide, rules),
    against('`permits` with 300 capabilities and with 3', 1.25, named(many.timings, permits.name), permits),
    against('`decide` with 300 capabilities and with 3', 1.25, named(many.timings, decide.name), decide),
    against('`permits` in opening hours and of an age', 5, named(instants, 'schedule'), named(instants, 'age')),
    {
      claim: '`compile` of 300 capabilities',
      limit: duration(3e6),
      reached: duration(compiled.median),
      met: compiled.median <= 3e6,
    },
  ];
}
