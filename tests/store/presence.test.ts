import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPresence, type Presence } from '$lib/server/presence.ts';
import { databases, type Place } from './databases.ts';
import { openProxy, type Proxy } from './proxy.ts';

const [, postgres] = await databases();
if (postgres === undefined) throw new TypeError('there are two kinds of databases');

describe('who is there', () => {
  test('is everybody else who looked at the same policy in the last 15 seconds', async () => {
    let now = 1_000_000;
    const presence = openPresence(() => now, undefined);
    expect(presence.others('notes', 'ann')).toEqual([]);
    presence.saw('notes', 'cy');
    presence.saw('notes', 'ben');
    presence.saw('notes', 'ann');
    presence.saw('songs', 'dee');
    expect(presence.others('notes', 'ann')).toEqual(['ben', 'cy']);
    expect(presence.others('notes', 'nobody')).toEqual(['ann', 'ben', 'cy']);
    now += 14_999;
    presence.saw('notes', 'ben');
    expect(presence.others('notes', 'ann')).toEqual(['ben', 'cy']);
    now += 1;
    expect(presence.others('notes', 'ann')).toEqual(['ben']);
    now += 15_000;
    expect(presence.others('notes', 'ann')).toEqual([]);
    await presence.stop();
  });

  test('is known to a node that cannot reach its database, and holds up nobody who stops it', async () => {
    const presence = openPresence(Date.now, 'postgres://127.0.0.1:1/nowhere', { again: 1 });
    presence.saw('notes', 'ann');
    expect(presence.others('notes', 'ben')).toEqual(['ann']);
    await presence.stop();
    const silent = await openProxy('postgres://127.0.0.1:1/nowhere');
    silent.stall();
    await openPresence(Date.now, silent.url).stop();
    await silent.cut();
  });
});

describe.skipIf(postgres.missing !== null)(`who is there, on two nodes of one ${postgres.name}`, () => {
  let place: Place;
  let proxy: Proxy;
  let near: Presence;
  let far: Presence;
  beforeEach(async () => {
    place = await postgres.place();
    proxy = await openProxy(place.url ?? '');
  });
  afterEach(async () => {
    await Promise.all([near.stop(), far.stop()]);
    await proxy.cut();
    await place.remove();
  });

  /** What one node is told of who looks at the other, as often as an impatient page asks. */
  const told = async (at: Presence, person: string, by: Presence) =>
    expect
      .poll(() => (at.saw('notes', person), by.others('notes', 'nobody')), { interval: 20, timeout: 5_000 })
      .toContain(person);

  test('is told to each other, and again after the database was away; meanwhile each knows its own', async () => {
    near = openPresence(Date.now, place.url, { again: 20 });
    await proxy.cut();
    far = openPresence(Date.now, proxy.url, { again: 20 });
    await expect.poll(() => (near.saw('notes', 'ann'), near.others('notes', 'ben'))).toEqual(['ann']);
    far.saw('notes', 'ben');
    expect(far.others('notes', 'nobody')).toEqual(['ben']);
    await proxy.restore();
    await told(near, 'ann', far);
    await told(far, 'ben', near);
    await proxy.cut();
    far.saw('notes', 'cy');
    expect(far.others('notes', 'nobody')).toContain('cy');
    await proxy.restore();
    await told(near, 'dee', far);
    await told(far, 'eve', near);
  });
});
