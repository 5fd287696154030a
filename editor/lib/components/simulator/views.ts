import { SIMULATOR } from '../../words/simulator.ts';
import { STORY } from '../../words/story.ts';

/** How a simulation is shown. */
export type SimulatorLook = 'lanes' | 'story' | 'table';

/** The looks in the order they are offered. */
export const LOOKS: readonly { readonly name: SimulatorLook; readonly text: string }[] = [
  { name: 'lanes', text: SIMULATOR.lanes },
  { name: 'story', text: STORY.name },
  { name: 'table', text: SIMULATOR.table },
];
