/** Bugs made by hand, one at a time planted in the engine to see whether the tests would notice. */
import type { Bug } from './bug.ts';
import { decideBugs } from './decide-bugs.ts';
import { evidenceBugs } from './evidence-bugs.ts';
import { ruleBugs } from './rule-bugs.ts';

export const bugs: readonly Bug[] = [...evidenceBugs, ...ruleBugs, ...decideBugs];
