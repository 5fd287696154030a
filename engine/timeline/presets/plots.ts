/** What happens in each preset. A plot ends with the story at its last event. */
import { formatDuration } from '../../time/duration.ts';
import { DAY, HOUR, MINUTE, prove, renew, SECOND, type Scene } from './scene.ts';
import type { Story } from './story.ts';

/** Goes on where everybody has signed in, proved who they are and is online. */
export type Plot = (story: Story, scene: Scene) => void;

function connect(story: Story, to: 'online' | 'offline' | 'limited'): Story {
  return story.happens('connectivity-change', { to });
}

export const normalDay: Plot = (story, { cast, quiet }) => {
  connect(story.wait(20 * MINUTE), 'offline');
  renew(connect(story.wait(25 * MINUTE), 'online'), cast);
  connect(story.wait(2 * HOUR), 'limited');
  renew(connect(story.wait(15 * MINUTE), 'online'), cast);
  connect(story.wait(4 * HOUR), 'offline').wait(quiet);
};

export const twoWeekTrip: Plot = (story, { cast, quiet }) => {
  connect(story.wait(HOUR), 'offline');
  prove(story.wait(9 * HOUR), cast);
  prove(story.wait(14 * HOUR), cast).wait(Math.max(quiet, 13 * DAY));
  renew(connect(story, 'online'), cast);
};

export const lostDevice: Plot = (story, { policy, cast, quiet }) => {
  connect(story.wait(30 * MINUTE), 'offline').wait(quiet);
  const most = Math.max(
    2,
    ...(policy.wipe?.when ?? []).map((each) => ('failedStepUps' in each ? each.failedStepUps : 0)),
  );
  // Whoever found it tries what it takes to be noticed, but not all day.
  for (let tried = 0; tried < Math.min(most, 10); tried++)
    story.wait(20 * SECOND).happens('step-up', { result: 'failed', amr: cast.proof });
  connect(story.wait(HOUR), 'online').wait(SECOND).happens('session-revoked', { initiatingEntity: 'admin' });
};

export const roleRemoved: Plot = (story, { cast, quiet }) => {
  connect(story.wait(8 * HOUR), 'offline');
  renew(connect(story.wait(16 * HOUR), 'online'), cast);
  story.wait(2 * HOUR).happens('token-claims-change', { roles: [], scopes: [], initiatingEntity: 'admin' });
  connect(story.wait(30 * MINUTE), 'offline').wait(quiet);
};

export const clockRolledBack: Plot = (story, { policy, cast, quiet }) => {
  const { tolerance } = policy.clock;
  connect(story.wait(10 * MINUTE), 'offline').wait(MINUTE);
  // Almost as far as is tolerated, just as far, and a little further: that is noticed.
  if (tolerance > 1) story.happens('clock-change', { delta: `-${formatDuration(tolerance - 1)}` }).wait(MINUTE);
  story.happens('clock-change', { delta: '-1ms' }).wait(MINUTE);
  story.happens('clock-change', { delta: '-1ms' }).wait(MINUTE);
  story.happens('clock-change', { delta: '-12h' }).wait(quiet);
  renew(connect(story, 'online'), cast);
};

export const providerOutage: Plot = (story, { cast, quiet }) => {
  story.wait(50 * MINUTE);
  for (let tried = 0; tried < 3; tried++) story.wait(5 * MINUTE).happens('token-refresh', { result: 'transient' });
  story.wait(quiet).happens('token-refresh', { result: 'transient' });
  renew(story.wait(5 * MINUTE), cast);
};

export const flappingNetwork: Plot = (story, { cast, quiet }) => {
  for (let round = 0; round < 4; round++) {
    connect(story.wait(2 * MINUTE), 'offline');
    connect(story.wait(40 * SECOND), 'limited');
    connect(story.wait(20 * SECOND), 'online')
      .wait(SECOND)
      .happens('token-refresh', { result: 'transient' });
  }
  renew(story.wait(MINUTE), cast);
  for (let round = 0; round < 4; round++) {
    connect(story.wait(5 * MINUTE), 'limited');
    connect(story.wait(MINUTE), 'online');
  }
  connect(story.wait(MINUTE), 'limited').wait(quiet);
  renew(connect(story, 'online'), cast);
};

export const accountDisabled: Plot = (story, { quiet }) => {
  connect(story.wait(HOUR), 'offline').wait(quiet);
  connect(story, 'online').wait(SECOND).happens('token-refresh', { result: 'account_disabled' });
};
