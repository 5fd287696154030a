import { readFileSync } from 'node:fs';
import { Workspace, type WorkspaceOptions } from '$lib/state/workspace.svelte.ts';
import { describe, expect, test } from 'vitest';
import { HandSchedule } from './hand-schedule.ts';

const text = readFileSync('policies/field-service/1.json', 'utf8');
const timelines = ['dead-zone', 'normal-day'].map((name) => ({
  name,
  text: readFileSync(`policies/field-service/timelines/${name}.json`, 'utf8'),
}));

function open(options: Partial<WorkspaceOptions> = {}): { workspace: Workspace; hand: HandSchedule } {
  const hand = new HandSchedule();
  const { schedule } = hand;
  const workspace = new Workspace({ id: 'field-service', text, timelines, schedule, stopwatch: () => 0, ...options });
  return { workspace, hand };
}

const limitOfB = (workspace: Workspace): unknown =>
  workspace.policy?.tiers.find(({ id }) => id === 'B')?.require.find(({ kind }) => kind === 'maxAge');

describe('a text that loads', () => {
  test('gives a policy, a program and no problems at once', () => {
    const { workspace, hand } = open();
    expect(workspace.valid).toBe(true);
    expect(workspace.policy?.id).toBe('field-service');
    expect(workspace.program?.policy).toBe(workspace.policy);
    expect(workspace.diagnostics).toEqual([]);
    expect(workspace.invalidSince).toBeNull();
    expect(hand.waiting).toEqual([]);
  });

  test('follows an edit on the next frame, not before', () => {
    const { workspace, hand } = open();
    workspace.setText(text.replace('"48h"', '"24h"'));
    expect(limitOfB(workspace)).toMatchObject({ limit: 48 * 3_600_000 });
    expect(hand.waiting).toEqual(['frame']);
    hand.run();
    expect(limitOfB(workspace)).toMatchObject({ limit: 24 * 3_600_000 });
  });

  test('parses a burst of edits once, with the last text', () => {
    const { workspace, hand } = open();
    workspace.setText(text.replace('"48h"', '"2h"'));
    workspace.setText(text.replace('"48h"', '"24h"'));
    expect(hand.waiting).toEqual(['frame']);
    hand.run();
    expect(limitOfB(workspace)).toMatchObject({ limit: 24 * 3_600_000 });
  });

  test('does not parse again for the text it has', () => {
    const { workspace, hand } = open();
    workspace.setText(text);
    expect(hand.waiting).toEqual([]);
  });

  test('waits a pause between edits once a run took 30 ms', () => {
    let now = 0;
    const { workspace, hand } = open({ stopwatch: () => (now += 30) });
    workspace.setText(`${text} `);
    expect(hand.waiting).toEqual([150]);
  });

  test('is parsed at once on request', () => {
    const { workspace, hand } = open();
    workspace.setText(text.replace('"48h"', '"24h"'));
    workspace.flush();
    expect(limitOfB(workspace)).toMatchObject({ limit: 24 * 3_600_000 });
    expect(hand.waiting).toEqual([]);
  });
});

describe('a text that does not load', () => {
  test('keeps the last good program and names the line', () => {
    const { workspace, hand } = open();
    const { program } = workspace;
    const lines = text.split('\n');
    const line = lines.findIndex((candidate) => candidate.includes('"48h"'));
    workspace.setText(text.replace('"48h"', '"soon"'));
    hand.run();
    expect(workspace.valid).toBe(false);
    expect(workspace.program).toBe(program);
    expect(workspace.invalidSince).toBe(line + 1);
    expect(workspace.diagnostics[0]).toMatchObject({ code: 'bad_duration', line: line + 1 });
  });

  test('is over as soon as the text loads again', () => {
    const { workspace, hand } = open();
    workspace.setText('{');
    hand.run();
    workspace.setText(text);
    hand.run();
    expect(workspace.invalidSince).toBeNull();
    expect(workspace.diagnostics).toEqual([]);
  });

  test('shows the published text when the draft it opens with is invalid', () => {
    const { workspace } = open({ text: '{', published: [{ version: 1, text }] });
    expect(workspace.valid).toBe(false);
    expect(workspace.good?.text).toBe(text);
    expect(workspace.programs.map(({ policy }) => policy.version)).toEqual([1]);
  });

  test('gives nothing to simulate when no text ever loaded', () => {
    const { workspace } = open({ text: '[]' });
    expect(workspace.good).toBeNull();
    expect(workspace.programs).toEqual([]);
    expect(workspace.invalidSince).toBe(1);
  });
});

describe('the programs a timeline runs on', () => {
  const second = text.replace('"version": 1', '"version": 2');

  test('are the published versions, the edited text standing for its own', () => {
    const published = [
      { version: 2, text: second },
      { version: 1, text },
    ];
    const { workspace } = open({ text: second, published });
    expect(workspace.programs.map(({ policy }) => policy.version)).toEqual([1, 2]);
    expect(workspace.programs.at(-1)).toBe(workspace.program);
  });

  test('leave out a published version that does not load', () => {
    const { workspace } = open({ text: second, published: [{ version: 1, text: '{' }] });
    expect(workspace.programs.map(({ policy }) => policy.version)).toEqual([2]);
  });
});

describe('the timeline', () => {
  test('is the first one, loaded, until another is chosen', () => {
    const { workspace } = open();
    expect(workspace.timelineName).toBe('dead-zone');
    workspace.selectTimeline('normal-day');
    expect(workspace.timelineSource?.name).toBe('normal-day');
    expect(workspace.loadedTimeline).toMatchObject({ ok: true, value: { policy: 'field-service' } });
  });

  test('stays when a name is unknown', () => {
    const { workspace } = open();
    workspace.selectTimeline('no-such');
    expect(workspace.timelineName).toBe('dead-zone');
  });

  test('forgets the instant when another is chosen', () => {
    const { workspace } = open();
    workspace.at = 5;
    workspace.selectTimeline('normal-day');
    expect(workspace.at).toBeNull();
  });

  test('is none for a policy without timelines', () => {
    const { workspace } = open({ timelines: [] });
    expect(workspace.loadedTimeline).toBeNull();
  });
});

describe('a place in the document', () => {
  const revealedText = (workspace: Workspace): string | undefined => {
    const found = workspace.revealed?.();
    return found === undefined ? undefined : workspace.text.slice(found.offset, found.offset + found.length);
  };

  test('is revealed by its pointer, as often as it is asked for', () => {
    const { workspace } = open();
    workspace.reveal('/tiers/1/require/0/limit');
    expect(revealedText(workspace)).toBe('"48h"');
    workspace.revealed = null;
    workspace.reveal('/tiers/1/require/0/limit');
    expect(revealedText(workspace)).toBe('"48h"');
    expect(workspace.pointer).toBe('/tiers/1/require/0/limit');
  });

  test('is found where it has moved to by the time it is shown', () => {
    const { workspace } = open();
    workspace.reveal('/tiers/1/require/0/limit');
    workspace.setText(text.replace('{', '{\n\n'));
    expect(revealedText(workspace)).toBe('"48h"');
  });

  test('is revealed by a problem', () => {
    const { workspace } = open({ text: text.replace('"48h"', '"soon"') });
    const [problem] = workspace.diagnostics;
    if (problem !== undefined) workspace.revealProblem(problem);
    expect(revealedText(workspace)).toBe('"soon"');
  });
});

test('nothing runs after the workspace is disposed of', () => {
  const { workspace, hand } = open();
  workspace.setText('{');
  workspace.dispose();
  expect(hand.waiting).toEqual([]);
});
