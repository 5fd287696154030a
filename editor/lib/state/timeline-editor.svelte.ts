/** Editing the timelines of an open policy: every change is a change of a text, and can be taken back. */
import { parseDuration } from 'latchkey/load';
import type { Timeline } from 'latchkey/timeline';
import { offsetText } from '../words/moments.ts';
import {
  elementsIn,
  indexOfElement,
  withElement,
  withMember,
  withMembers,
  withoutElement,
  withTime,
  type Written,
} from './timeline-edits.ts';
import type { TimelineEdits, Workspace } from './workspace.svelte.ts';

/** Steps that can be taken back. */
const MOST_STEPS = 200;

/** A step: what all edits were, and which timeline it was about. */
interface Step {
  readonly timeline: string;
  readonly edits: TimelineEdits;
}

/** Where steps outlive a reload. Both may throw when the browser refuses. */
export interface StepStore {
  read(): string | null;
  write(text: string): void;
}

/** Why a time that was typed cannot be taken; `offset` otherwise, in ms after the start. */
export type TypedTime = { readonly offset: number } | { readonly problem: 'unreadable' | 'before' | 'after' };

const NOTHING: readonly Step[] = [];

export class TimelineEditor {
  readonly #workspace: Workspace;
  readonly #store: StepStore;
  #past = $state.raw<readonly Step[]>(NOTHING);
  #future = $state.raw<readonly Step[]>(NOTHING);
  /** Index of the event that is edited; null when none is. */
  selected = $state.raw<number | null>(null);

  constructor(workspace: Workspace, store: StepStore) {
    this.#workspace = workspace;
    this.#store = store;
    this.#past = stepsFrom(store);
  }

  get #text(): string {
    return this.#workspace.timelineSource?.text ?? '';
  }

  /** The chosen timeline while it loads. */
  get timeline(): Timeline | null {
    const loaded = this.#workspace.loadedTimeline;
    return loaded?.ok === true ? loaded.value : null;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** True while the chosen timeline is another one than the folder has. */
  readonly edited: boolean = $derived.by(() => {
    const { timelineName, timelineEdits } = this.#workspace;
    return timelineName !== null && Object.hasOwn(timelineEdits, timelineName);
  });

  /** The chosen event as it is written; null when none is. */
  readonly event: Written | null = $derived.by(() =>
    this.selected === null ? null : (elementsIn(this.#text, 'events')[this.selected] ?? null),
  );

  /** Adds an event after those of its time, and selects it. */
  addEvent(members: Written, offset: number): void {
    const written = { at: this.#timeText(offset), ...members };
    const text = withElement(this.#text, 'events', written, this.#timeOf);
    this.#change(text);
    this.selected = indexOfElement(text, 'events', written);
  }

  /** Removes the event at an index; the one that follows is selected, so that the focus has where to go. */
  removeEvent(index: number): void {
    this.#change(withoutElement(this.#text, 'events', index));
    const left = elementsIn(this.#text, 'events').length;
    this.selected = left === 0 ? null : Math.min(index, left - 1);
  }

  /** Moves an event in time; it stays selected. */
  moveEvent(index: number, offset: number): void {
    const before = elementsIn(this.#text, 'events')[index];
    if (before === undefined) return;
    const at = this.#timeText(this.#within(offset));
    const text = withTime(this.#text, index, at, this.#timeOf);
    this.#change(text);
    this.selected = indexOfElement(text, 'events', { ...before, at });
  }

  /** Sets members of an event; undefined takes one out. */
  setMembers(index: number, members: Written): void {
    this.#change(withMembers(this.#text, 'events', index, members));
  }

  /** Writes an expectation down for a stretch, both ends included; at one instant where they are the same. */
  pin(expectation: Written, from: number, to: number): void {
    const when = from < to ? { from: this.#timeText(from), to: this.#timeText(to) } : { at: this.#timeText(from) };
    this.#change(withElement(this.#text, 'expect', { ...when, ...expectation }, this.#timeOf));
  }

  /** Takes an expectation out by its JSON Pointer, as results name it; an attempt’s leaves the attempt. */
  unpin(path: string): void {
    const [, list, index, own] = path.split('/');
    if (list === 'expect') this.#change(withoutElement(this.#text, 'expect', Number(index)));
    else if (list === 'events' && own === 'expect') this.setMembers(Number(index), { expect: undefined });
  }

  rename(title: string): void {
    if (title.trim() !== '') this.#change(withMember(this.#text, 'title', title.trim()));
  }

  /** Adds a timeline under a name of its own and chooses it. */
  addTimeline(text: string, wanted: string): void {
    const taken = this.#workspace.timelines.map(({ name }) => name);
    let name = wanted;
    for (let count = 2; taken.includes(name); count += 1) name = `${wanted}-${count}`;
    this.#remember(name);
    this.#workspace.setTimelineText(name, text);
    this.#workspace.selectTimeline(name);
    this.selected = null;
  }

  /** The chosen timeline once more, for going on from there. */
  duplicate(title: string): void {
    const { timelineName } = this.#workspace;
    if (timelineName !== null) this.addTimeline(withMember(this.#text, 'title', title), `${timelineName}-copy`);
  }

  /** Back to what the folder has; a timeline that is only here goes. */
  discard(): void {
    const { timelineName, timelineEdits } = this.#workspace;
    if (timelineName === null) return;
    this.#remember(timelineName);
    this.#workspace.setTimelineEdits(
      Object.fromEntries(Object.entries(timelineEdits).filter(([name]) => name !== timelineName)),
    );
    this.selected = null;
  }

  undo(): void {
    this.#go(
      this.#past,
      (rest) => (this.#past = rest),
      (step) => (this.#future = [...this.#future, step]),
    );
  }

  redo(): void {
    this.#go(
      this.#future,
      (rest) => (this.#future = rest),
      (step) => (this.#past = [...this.#past, step]),
    );
  }

  /**
   * Reads a time as people type it: `+3h12m` and `-10m` from the instant given, `2h` from the start, `18:30` the next time a
   * clock of the timeline’s zone shows it after the start of that day, or a date and time with its offset.
   */
  readTime(typed: string, from: number, wallOffset: (hours: number, minutes: number) => number): TypedTime {
    const text = typed.trim();
    const offset = readOffset(text, from, wallOffset, this.timeline?.start ?? 0);
    if (offset === null) return { problem: 'unreadable' };
    if (offset < 0) return { problem: 'before' };
    return offset >= (this.timeline?.until ?? 0) ? { problem: 'after' } : { offset };
  }

  readonly #timeOf = (element: Written): number => {
    const at = element['at'] ?? element['from'];
    if (typeof at !== 'string' || at === '0s') return 0;
    const length = parseDuration(at);
    return typeof length === 'number' ? length : Date.parse(at) - (this.timeline?.start ?? 0);
  };

  #timeText(offset: number): string {
    return offsetText(Math.round(offset)).slice(1);
  }

  #within(offset: number): number {
    return Math.min(Math.max(0, Math.round(offset)), Math.max(0, (this.timeline?.until ?? 1) - 1));
  }

  #change(text: string): void {
    const { timelineName } = this.#workspace;
    if (timelineName === null || text === this.#text) return;
    this.#remember(timelineName);
    this.#workspace.setTimelineText(timelineName, text);
  }

  #remember(timeline: string): void {
    this.#past = [...this.#past, { timeline, edits: this.#workspace.timelineEdits }].slice(-MOST_STEPS);
    this.#future = NOTHING;
    this.#keep();
  }

  #go(from: readonly Step[], leave: (rest: readonly Step[]) => void, arrive: (step: Step) => void): void {
    const step = from.at(-1);
    if (step === undefined) return;
    arrive({ timeline: step.timeline, edits: this.#workspace.timelineEdits });
    leave(from.slice(0, -1));
    this.#workspace.setTimelineEdits(step.edits);
    this.#workspace.selectTimeline(step.timeline);
    this.selected = null;
    this.#keep();
  }

  #keep(): void {
    try {
      this.#store.write(JSON.stringify(this.#past));
    } catch {
      // Steps that a reload forgets are a smaller loss than an edit refused.
    }
  }
}

function stepsFrom(store: StepStore): readonly Step[] {
  try {
    const value: unknown = JSON.parse(store.read() ?? '[]');
    return Array.isArray(value) ? (value as readonly Step[]) : NOTHING;
  } catch {
    return NOTHING;
  }
}

function readOffset(
  text: string,
  from: number,
  wallOffset: (hours: number, minutes: number) => number,
  start: number,
): number | null {
  const [, sign, length] = /^([+-])(.+)$/.exec(text) ?? [];
  if (sign !== undefined && length !== undefined) {
    const by = parseDuration(length.trim());
    return typeof by === 'number' ? from + (sign === '-' ? -by : by) : null;
  }
  if (text === '0s' || text === '0') return 0;
  const plain = parseDuration(text);
  if (typeof plain === 'number') return plain;
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  if (hours !== undefined && Number(hours) < 24 && Number(minutes) < 60)
    return wallOffset(Number(hours), Number(minutes));
  const instant = /T.*(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? null : instant - start;
}
