import { readFileSync } from 'node:fs';
import { compile, type Program } from 'latchkey';
import { load } from 'latchkey/load';
import { expanded, loadTimeline, simulate, type Timeline } from 'latchkey/timeline';
import { Backstage, type OpenThread, type Reply } from '$lib/state/backstage.ts';
import { isLong } from '$lib/state/long-run.svelte.ts';
import type { SimulatorSource } from '$lib/state/simulated.svelte.ts';
import { Simulator } from '$lib/state/simulator.svelte.ts';
import { describe, expect, test } from 'vitest';
import { longTimeline, widePolicy } from '../bench/long-timelines.ts';
import { HandSchedule } from './hand-schedule.ts';
import { HandThreads } from './hand-thread.ts';

const HOUR = 3_600_000;

function sample(): { program: Program; timeline: Timeline } {
  const loaded = load(readFileSync('policies/field-service/1.json'));
  const timeline = loadTimeline(readFileSync('policies/field-service/timelines/dead-zone.json'));
  if (!loaded.ok || !timeline.ok) throw new TypeError('the samples do not load');
  return { program: compile(loaded.value.policy), timeline: timeline.value };
}

const { program, timeline } = sample();
const wide = widePolicy(program.policy, 60);
const long: Timeline = { ...longTimeline(timeline, 400), expect: [] };
const story = { policies: [program.policy], timeline };

function open() {
  const hand = new HandSchedule();
  const threads = new HandThreads();
  return { hand, threads, backstage: new Backstage(threads.open, hand.schedule) };
}

describe('backstage', () => {
  test('answers what the engine answers', async () => {
    const { threads, backstage } = open();
    const answer = backstage.ask('simulate', story);
    await threads.deliver();
    const simulation = await answer;
    expect(simulation === null ? null : expanded(simulation)).toEqual(simulate([program], timeline));
  });

  test('keeps only the newest question of a kind waiting, and drops an answer that was overtaken', async () => {
    const { threads, backstage } = open();
    const asked = ['{', '[', '{"language": 1}'].map((text) => backstage.ask('lint', { text, today: '2026-03-02' }));
    await threads.deliver();
    expect(await Promise.all(asked)).toEqual([null, null, []]);
    expect(threads.asked.map(({ asked: one }) => ('text' in one ? one.text : ''))).toEqual(['{', '{"language": 1}']);
    expect(threads.opened).toBe(1);
  });

  test('ends a thread whose answer nobody waits for, when it takes long', async () => {
    const { hand, threads, backstage } = open();
    const first = backstage.ask('simulate', story);
    expect(hand.waiting).toEqual([]);
    const second = backstage.ask('simulate', story);
    expect(hand.waiting).toEqual([150]);
    hand.run();
    expect(await first).toBeNull();
    expect([threads.opened, threads.ended]).toEqual([2, 1]);
    await threads.deliver();
    expect(await second).not.toBeNull();
    expect(hand.waiting).toEqual([]);
  });

  test('leaves a thread alone that answered in time', async () => {
    const { hand, threads, backstage } = open();
    void backstage.ask('simulate', story);
    const second = backstage.ask('simulate', story);
    await threads.deliver();
    expect(hand.waiting).toEqual([]);
    expect(await second).not.toBeNull();
    expect(threads.ended).toBe(0);
  });

  test('gives up when told to, and ends with the page', async () => {
    const { threads, backstage } = open();
    const given = backstage.ask('simulate', story);
    const other = backstage.ask('look', { at: 0, capability: '' });
    backstage.cancel('simulate');
    expect(await given).toBeNull();
    expect([threads.opened, threads.ended]).toEqual([2, 1]);
    backstage.dispose();
    expect(await other).toBeNull();
    expect(threads.ended).toBe(2);
  });

  test('says when the engine failed, and answers the next question', async () => {
    const replies: ((reply: Reply) => void)[] = [];
    const failing: OpenThread = (reply) => {
      replies.push(reply);
      return { send: () => undefined, end: () => undefined };
    };
    const backstage = new Backstage(failing, new HandSchedule().schedule);
    const first = backstage.ask('simulate', story);
    replies[0]?.({ failed: 'out of memory' });
    await expect(first).rejects.toThrow('out of memory');
    const second = backstage.ask('lint', { text: '', today: '2026-03-02' });
    replies[0]?.({ answer: [] });
    expect(await second).toEqual([]);
  });

  test('has nothing to look at before a story was played', async () => {
    const { threads, backstage } = open();
    const look = backstage.ask('look', { at: 0, capability: 'work_order.note' });
    await threads.deliver();
    expect(await look).toBeNull();
  });
});

describe('a long run', () => {
  function simulators(backstage: Backstage | null) {
    const source: SimulatorSource = { programs: [wide], timeline: long, text: '', at: 30 * HOUR, capability: null };
    return new Simulator(source, backstage);
  }

  test('is one that would hold the page up', () => {
    expect(isLong({ programs: [wide], timeline: long })).toBe(true);
    const fifty = widePolicy(program.policy, 50);
    expect(isLong({ programs: [fifty], timeline: longTimeline(timeline, 30) })).toBe(false);
    expect(isLong({ programs: [program], timeline: longTimeline(timeline, 10_000) })).toBe(true);
  });

  test('shows what a run on the page would', async () => {
    const { threads, backstage } = open();
    const [apart, here] = [simulators(backstage), simulators(null)];
    apart.pursue();
    expect(apart.simulation).toBeNull();
    expect(apart.progress).toBe('running');
    await threads.deliver();
    apart.pursue();
    expect(apart.looking).toBe(true);
    await threads.deliver();
    expect(apart.progress).toBe('done');
    expect(apart.looking).toBe(false);
    expect(apart.capabilities.map((each) => ({ ...each }))).toEqual(here.capabilities);
    expect(apart.changes).toEqual(here.changes);
    expect(apart.simulation?.lanes).toEqual(here.simulation?.lanes);
    expect({ ...apart.probe, program: null }).toEqual({ ...here.probe, program: null });
    expect(apart.probe?.program).toBe(wide);
  });

  test('is asked for once, can be stopped, and asked for again', async () => {
    const { threads, backstage } = open();
    const simulator = simulators(backstage);
    simulator.pursue();
    simulator.pursue();
    expect(threads.asked).toHaveLength(1);
    simulator.stop();
    expect(simulator.progress).toBe('stopped');
    expect(threads.ended).toBe(1);
    simulator.pursue();
    expect(threads.asked).toHaveLength(1);
    simulator.again();
    await threads.deliver();
    expect(simulator.progress).toBe('done');
    expect(simulator.capabilities).toHaveLength(60);
  });
});
