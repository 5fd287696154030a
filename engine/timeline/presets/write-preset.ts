/** A plot on a policy, as the text of a timeline document. */
import type { Policy } from '../../policy.ts';
import type { Instant } from '../../request.ts';
import { formatDuration } from '../../time/duration.ts';
import type { WrittenEvent } from '../document.ts';
import { normalizeTimeline } from '../normalize.ts';
import type { Cast } from './cast.ts';
import { textOf } from './document-text.ts';
import { looksAt, type Look } from './looks.ts';
import { openingOf } from './opening.ts';
import type { Plot } from './plots.ts';
import { ACCESS, begin, HOUR, REFRESH_ABSOLUTE, REFRESH_IDLE, sceneOf } from './scene.ts';
import { Story, type Told } from './story.ts';

export interface Caption {
  readonly title: string;
  readonly description: string;
}

/** The story of the plot, fitted to the policy. It expects nothing: what should be is for people to say. */
export function writePreset({ title, description }: Caption, plot: Plot, policy: Policy): string {
  const scene = sceneOf(policy);
  const { cast } = scene;
  const start = openingOf(policy, cast.timeZone);
  const story = begin(new Story(), scene);
  plot(story, scene);
  const until = story.at + HOUR;
  // The policy itself ends last, so that it hides no other limit.
  const dates = { issuedAt: dateOf(start), expiresAt: dateOf(start + until - HOUR / 2) };
  const activated: Told = { at: 0, type: 'policy-activated', members: { version: policy.version, ...dates } };
  const head = {
    timeline: 1,
    title,
    description,
    policy: `${policy.id}@${String(policy.version)}`,
    start: dateOf(start),
    timeZone: cast.timeZone,
    until: formatDuration(until),
    ...circumstancesOf(cast, start),
  };
  return looksAt(policy, (looks) => {
    const told = [activated, ...story.events, ...looks.map(asEvent)].sort((a, b) => a.at - b.at);
    const document = { ...head, events: told.map(written) };
    return { timeline: normalizeTimeline(document), result: textOf(document) };
  });
}

function circumstancesOf(cast: Cast, start: Instant): object {
  const { roles, scopes, acr, storage, unlock, facts } = cast;
  return {
    session: {
      sub: 'u-1',
      ...(roles.length === 0 ? {} : { roles }),
      ...(scopes.length === 0 ? {} : { scopes }),
      ...(acr === undefined ? {} : { acr }),
    },
    ...(storage || unlock
      ? { device: { ...(storage ? { storage: 'hardware' } : {}), ...(unlock ? { unlockedAt: dateOf(start) } : {}) } }
      : {}),
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
    idp: {
      accessTokenLifetime: formatDuration(ACCESS),
      refreshIdle: formatDuration(REFRESH_IDLE),
      refreshAbsolute: formatDuration(REFRESH_ABSOLUTE),
    },
  };
}

function asEvent({ at, ...members }: Look): Told {
  return { at, type: 'attempt', members };
}

function written({ at, type, members }: Told): WrittenEvent {
  return { at: formatDuration(at), type, ...members };
}

function dateOf(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
