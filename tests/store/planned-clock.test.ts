import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { live, planRelease } from '$lib/server/changes/index.ts';
import { keepPlans } from '$lib/server/planned-clock.ts';
import type { Store } from '$lib/server/store/index.ts';
import { databases, type Place } from './databases.ts';
import { addEnvironment, approved } from './desk.ts';
import { approver, enrol } from './people.ts';

const log = pino({ level: 'silent' });

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('plans of a running server', () => {
    let place: Place;
    let store: Store;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
      await enrol(store);
      await addEnvironment(store, 'production');
      const { id: revisionId, contentHash } = await approved(store, 1);
      // Ahead of the store's clock, which stands still in the past, and behind the server's.
      const fireAt = Date.UTC(2026, 2, 3);
      await planRelease(store, approver, {
        ...{ revisionId, contentHash, environment: 'production', reason: 'at night', fireAt },
      });
    });
    afterEach(async () => place.remove());

    test('go out by themselves once their hour came', async () => {
      const plans = keepPlans({ store, log, every: 5 });
      await vi.waitFor(
        async () => expect(await live(store, 'production')).toMatchObject([{ kind: 'scheduled' }]),
        20_000,
      );
      await plans.stop();
    });

    test('are looked at again after the store was away', async () => {
      let asked = 0;
      const keep: Store['keep'] = async (work) => {
        asked += 1;
        if (asked === 1) throw new Error('away');
        return store.keep(work);
      };
      const plans = keepPlans({ store: { ...store, keep }, log, every: 5 });
      await vi.waitFor(async () => expect(await live(store, 'production')).toHaveLength(1), 20_000);
      await plans.stop();
      expect(asked).toBeGreaterThan(1);
    });
  });
});
