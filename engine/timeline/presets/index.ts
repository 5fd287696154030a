/** Stories that every policy gets, fitted to its own limits. */
import type { Policy } from '../../policy.ts';
import {
  accountDisabled,
  clockRolledBack,
  flappingNetwork,
  lostDevice,
  normalDay,
  providerOutage,
  roleRemoved,
  twoWeekTrip,
  type Plot,
} from './plots.ts';
import { writePreset } from './write-preset.ts';

export { PRESET_REACH } from './scene.ts';

export interface Preset {
  /** What commands and addresses call it. */
  readonly name: string;
  readonly title: string;
  /** What happens, in a sentence or two. */
  readonly description: string;
  /**
   * The text of a timeline document on the policy: it loads, and runs on the version it is made from. It reaches every
   * limit of every capability that its story can, and attempts the capability 1 ms before, at and 1 ms after it.
   * It expects nothing. The same policy gives the same text on every machine.
   */
  readonly timelineFor: (policy: Policy) => string;
}

const DRAWER = 'Then the device lies in a drawer, offline, until the last limit is over.';

/** A normal day first, then what can go wrong. */
export const PRESETS: readonly Preset[] = [
  preset(
    'normal-day',
    'A normal day',
    `Sign-in in the morning, two stretches with little or no network, the token renewed after each. ${DRAWER}`,
    normalDay,
  ),
  preset(
    'two-week-trip',
    'A two-week trip',
    'Offline an hour after sign-in, a proof in the evening and one the next morning; back online at least two weeks later.',
    twoWeekTrip,
  ),
  preset(
    'lost-device',
    'Lost device',
    'The device goes missing offline. Whoever finds it fails to unlock it; once it is online the session is revoked.',
    lostDevice,
  ),
  preset(
    'role-removed',
    'Role removed on day two',
    `A day of work, a night offline, and on the second day the person loses all roles and scopes. ${DRAWER}`,
    roleRemoved,
  ),
  preset(
    'clock-rolled-back',
    'Clock rolled back',
    'Offline the clock is set back: by less than is tolerated, by as much, by 1 ms more, and by twelve hours. In the end the server puts it right.',
    clockRolledBack,
  ),
  preset(
    'provider-outage',
    'Identity provider outage',
    'The network is fine, but the identity provider answers no refresh until every limit is over. Then it is back.',
    providerOutage,
  ),
  preset(
    'flapping-network',
    'Flapping network',
    'The network comes and goes every few minutes, and refreshes fail in between. Then it stays limited until every limit is over.',
    flappingNetwork,
  ),
  preset(
    'account-disabled',
    'Account disabled while offline',
    'The account is disabled while the device is offline. It hears of it when it is back, after every limit is over.',
    accountDisabled,
  ),
];

function preset(name: string, title: string, description: string, plot: Plot): Preset {
  return {
    name,
    title,
    description,
    timelineFor: (policy) => writePreset({ title, description }, plot, policy),
  };
}
