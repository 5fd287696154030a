import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { newTimelineText, templates } from '$lib/state/new-timeline.ts';
import { TimelineEditor, type StepStore } from '$lib/state/timeline-editor.svelte.ts';
import { Workspace } from '$lib/state/workspace.svelte.ts';

const HOUR = 3_600_000;
const policy = readFileSync('policies/field-service/1.json', 'utf8');
const shipped = readFileSync('policies/field-service/timelines/dead-zone.json', 'utf8');

let steps: string | null;
const store: StepStore = { read: () => steps, write: (text) => (steps = text) };
let workspace: Workspace;
let editor: TimelineEditor;

function open(): void {
  workspace = new Workspace({
    id: 'field-service',
    text: policy,
    timelines: [{ name: 'dead-zone', text: shipped }],
    published: [{ version: 1, text: policy }],
    schedule: () => () => undefined,
    stopwatch: () => 0,
  });
  editor = new TimelineEditor(workspace, store);
}

beforeEach(() => {
  steps = null;
  open();
});

const events = () => editor.timeline?.events.map(({ at, event }) => [at, event.type]) ?? [];

describe('events', () => {
  test('are added at their time, selected, and taken back', () => {
    const before = events();
    editor.addEvent({ type: 'reboot' }, 9 * HOUR);
    expect(editor.event).toMatchObject({ at: '9h', type: 'reboot' });
    expect(events()).toHaveLength(before.length + 1);
    expect(editor.edited).toBe(true);
    editor.undo();
    expect(events()).toEqual(before);
    expect(workspace.timelineSource?.text).toBe(shipped);
    expect(editor.edited).toBe(false);
    editor.redo();
    expect(events()).toContainEqual([9 * HOUR, 'reboot']);
  });

  test('are moved past others and stay selected; no further than the timeline goes', () => {
    editor.moveEvent(1, 5 * HOUR);
    expect(editor.event).toMatchObject({ at: '5h' });
    const { until = 0 } = editor.timeline ?? {};
    editor.moveEvent(editor.selected ?? 0, until + HOUR);
    expect(editor.timeline?.events.at(-1)?.at).toBe(until - 1);
    expect(editor.selected).toBe((editor.timeline?.events.length ?? 0) - 1);
    editor.moveEvent(editor.selected ?? 0, -HOUR);
    expect(editor.event).toMatchObject({ at: '0s' });
  });

  test('are removed, and the next one is selected', () => {
    const before = events();
    editor.removeEvent(1);
    expect(events()).toEqual(before.filter((_, index) => index !== 1));
    expect(editor.selected).toBe(1);
  });
});

describe('expectations', () => {
  test('are pinned in their place and taken out again', () => {
    const expectation = { capability: 'work_order.view', outcome: 'permit', because: 'reading goes on' };
    const pinned = () => editor.timeline?.expect.find(({ because }) => because === 'reading goes on');
    editor.pin(expectation, 2 * HOUR, 30 * HOUR);
    expect(pinned()).toMatchObject({ from: 2 * HOUR, to: 30 * HOUR, outcome: 'permit' });
    editor.unpin(pinned()?.path ?? '');
    editor.pin(expectation, 2 * HOUR, 2 * HOUR);
    expect(pinned()).toMatchObject({ at: 2 * HOUR, outcome: 'permit' });
    editor.unpin(pinned()?.path ?? '');
    expect(workspace.timelineSource?.text).toBe(shipped);
  });

  test('of an attempt goes, the attempt stays', () => {
    const attempt = editor.timeline?.events.find(({ expect: expected }) => expected !== undefined);
    const count = events().length;
    editor.unpin(`${attempt?.path ?? ''}/expect`);
    expect(events()).toHaveLength(count);
    expect(editor.timeline?.events.find(({ path }) => path === attempt?.path)?.expect).toBeUndefined();
  });
});

describe('times as people type them', () => {
  const wall = (hours: number): number => hours * HOUR;
  test.each([
    ['2h', { offset: 2 * HOUR }],
    ['0s', { offset: 0 }],
    ['+3h12m', { offset: 4 * HOUR + 12 * 60_000 }],
    ['-30m', { offset: HOUR / 2 }],
    ['18:00', { offset: 18 * HOUR }],
    ['2026-03-02T10:00:00+01:00', { offset: 2 * HOUR }],
    ['-2h', { problem: 'before' }],
    ['400d', { problem: 'after' }],
    ['tomorrow', { problem: 'unreadable' }],
    ['25:00', { problem: 'unreadable' }],
    ['', { problem: 'unreadable' }],
  ])('%s', (typed, expected) => {
    expect(editor.readTime(typed, HOUR, wall)).toEqual(expected);
  });
});

describe('timelines', () => {
  test('a new one, and a copy, under names of their own', () => {
    editor.addTimeline(newTimelineText('blank', workspace.policy, 'field-service', 'A new story'), 'dead-zone');
    expect(workspace.timelineName).toBe('dead-zone-2');
    expect(editor.timeline?.title).toBe('A new story');
    editor.duplicate('Another');
    expect(workspace.timelineName).toBe('dead-zone-2-copy');
    expect(workspace.timelines.map(({ name }) => name)).toEqual(['dead-zone', 'dead-zone-2', 'dead-zone-2-copy']);
    editor.discard();
    expect(workspace.timelines.map(({ name }) => name)).toEqual(['dead-zone', 'dead-zone-2']);
  });

  test.each(templates.map(({ name, title }) => [name, title]))('%s to begin with runs on the policy', (name, title) => {
    editor.addTimeline(newTimelineText(name, workspace.policy, 'field-service', 'unused'), name);
    expect(editor.timeline).toMatchObject({ title, policy: 'field-service' });
    expect(events().length).toBeGreaterThan(2);
  });

  test('an edit that breaks the story can be taken back', () => {
    editor.addEvent({ type: 'token-refresh', result: 'ok' }, 60 * HOUR);
    expect(workspace.timelineSource?.text).not.toBe(shipped);
    editor.undo();
    expect(workspace.timelineSource?.text).toBe(shipped);
  });

  test('steps survive a reload, two hundred of them', () => {
    for (let count = 1; count <= 205; count += 1) editor.rename(`Title ${count}`);
    const { timelineEdits } = workspace;
    open();
    workspace.setTimelineEdits(timelineEdits);
    expect(editor.timeline?.title).toBe('Title 205');
    editor.undo();
    expect(editor.timeline?.title).toBe('Title 204');
    for (let count = 0; count < 300; count += 1) editor.undo();
    expect(editor.timeline?.title).toBe('Title 5');
  });

  test('steps that make no sense are none', () => {
    steps = 'nonsense';
    open();
    expect(editor.canUndo).toBe(false);
  });
});
