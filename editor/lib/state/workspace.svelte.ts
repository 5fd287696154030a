/** What an open policy is while somebody edits it: one text, and everything that follows from it. */
import { compile, type Milliseconds, type Policy, type Program } from 'latchkey';
import { load, locate, locateDiagnostic, type Diagnostic, type Place, type Result } from 'latchkey/load';
import { loadTimeline, type Timeline } from 'latchkey/timeline';

/** A published policy version, as the file holds it. */
export interface PublishedVersion {
  readonly version: number;
  readonly text: string;
}

/** A timeline document; `name` is its file name without the ending. */
export interface TimelineSource {
  readonly name: string;
  readonly text: string;
}

/** Texts by timeline name. */
export type TimelineEdits = Readonly<Record<string, string>>;

/** A part of a text. */
export type Stretch = Pick<Place, 'offset' | 'length'>;

/** The last text that loaded, with what it means. */
export interface Good {
  readonly text: string;
  readonly policy: Policy;
  readonly program: Program;
}

/** A version to compare with. */
export interface Comparable {
  readonly key: string;
  readonly version: number;
  /** True for the published text of the version that is edited. */
  readonly published: boolean;
  readonly program: Program;
}

/** Calls back later: on the next frame, or after `after` milliseconds. Returns how to call it off. */
export type Schedule = (run: () => void, after: 'frame' | Milliseconds) => () => void;

export interface WorkspaceOptions {
  readonly id: string;
  /** The text to open: the published one, or a draft. */
  readonly text: string;
  readonly timelines?: readonly TimelineSource[];
  /** Every published version of the policy, newest first; the edited text replaces the one whose version it carries. */
  readonly published?: readonly PublishedVersion[];
  readonly schedule: Schedule;
  /** Milliseconds on a clock that never runs back; used to pace re-parsing only. */
  readonly stopwatch: () => Milliseconds;
}

/** A run slower than this is not repeated on every key. */
const QUICK: Milliseconds = 30;
const PAUSE: Milliseconds = 150;

/** Name of the timeline that goes on longest: it shows the most of a policy. Null when there is none. */
function longest(sources: readonly TimelineSource[]): string | null {
  const lengths = sources.map(({ text }) => {
    const loaded = loadTimeline(text);
    return loaded.ok ? loaded.value.until : -1;
  });
  return sources[lengths.indexOf(Math.max(...lengths))]?.name ?? null;
}

/**
 * One open policy. `text` is the truth; a change re-parses on the next frame while the last run was quick, else after
 * a pause. While the text is invalid, `good` and `programs` stay on the last valid text. Knows no DOM.
 */
export class Workspace {
  readonly id: string;
  readonly #schedule: Schedule;
  readonly #stopwatch: () => Milliseconds;
  readonly #published: readonly Good[];

  #text = $state.raw('');
  #loaded = $state.raw<ReturnType<typeof load>>({ ok: false, diagnostics: [] });
  #good = $state.raw<Good | null>(null);
  #timelineName = $state.raw<string | null>(null);
  #shipped = $state.raw<readonly TimelineSource[]>([]);
  #timelineEdits = $state.raw<TimelineEdits>({});
  #callOff: (() => void) | null = null;
  #lastRun: Milliseconds = 0;

  /** The instant looked at, in ms after the timeline's start; null: nothing chosen yet. */
  at = $state.raw<Milliseconds | null>(null);
  /** Id of the capability looked at. */
  capability = $state.raw<string | null>(null);
  /** JSON Pointer of the place in the document that was asked for last; null: none was. */
  pointer = $state.raw<string | null>(null);
  /** Finds, in the text as it is then, what the document pane is to show; it sets this to null when it has. */
  revealed = $state.raw<(() => Stretch) | null>(null);

  constructor(options: WorkspaceOptions) {
    this.id = options.id;
    this.#shipped = options.timelines ?? [];
    this.#schedule = options.schedule;
    this.#stopwatch = options.stopwatch;
    this.#published = (options.published ?? []).flatMap(({ text }) => goodOf(text, load(text)) ?? []);
    this.#text = options.text;
    this.#timelineName = longest(this.#shipped);
    this.#parse();
    this.#good ??= this.#published[0] ?? null;
  }

  get text(): string {
    return this.#text;
  }

  get valid(): boolean {
    return this.#loaded.ok;
  }

  /** Errors, or the warnings of a valid text; sorted by position. */
  readonly diagnostics: readonly Diagnostic[] = $derived(
    this.#loaded.ok ? this.#loaded.warnings : this.#loaded.diagnostics,
  );

  /** The last text that loaded, the published one to begin with; null only when none ever did. */
  get good(): Good | null {
    return this.#good;
  }

  get policy(): Policy | null {
    return this.#good?.policy ?? null;
  }

  get program(): Program | null {
    return this.#good?.program ?? null;
  }

  /** Line of the first error while the text is invalid, counted from 1; null while it is valid. */
  readonly invalidSince: number | null = $derived(this.#loaded.ok ? null : (this.#loaded.diagnostics[0]?.line ?? 1));

  /** What a timeline runs on: the published versions, the edited text standing for its own. Empty before a first good text. */
  readonly programs: readonly Program[] = $derived.by(() => {
    const edited = this.#good?.program;
    if (edited === undefined) return [];
    const others = this.#published.filter(({ policy }) => policy.version !== edited.policy.version);
    return [...others.map(({ program }) => program), edited];
  });

  /** Other versions that the edited text can be compared with, newest first: the published ones that say something else. */
  readonly comparable: readonly Comparable[] = $derived.by(() => {
    const edited = this.#good;
    return this.#published.flatMap(({ text, policy: { version }, program }) => {
      if (edited === null || text === edited.text) return [];
      return [{ key: `${version}`, version, published: version === edited.policy.version, program }];
    });
  });

  /** What was written over or beside the timelines of the revision, by name. */
  get timelineEdits(): TimelineEdits {
    return this.#timelineEdits;
  }

  /** The timelines as they are now: those of the revision, edited or not, then new ones. */
  readonly timelines: readonly TimelineSource[] = $derived.by(() => {
    const edits = this.#timelineEdits;
    const kept = this.#shipped.map(({ name, text }) => ({ name, text: edits[name] ?? text }));
    const added = Object.entries(edits).filter(([name]) => !this.#shipped.some((timeline) => timeline.name === name));
    return [...kept, ...added.map(([name, text]) => ({ name, text }))];
  });

  /** The text of a timeline in the revision; undefined for one that is only here. */
  shippedTimeline(name: string): string | undefined {
    return this.#shipped.find((timeline) => timeline.name === name)?.text;
  }

  /** Writes a timeline's text over, or a new one; a text that the revision has already is no edit. */
  setTimelineText(name: string, text: string): void {
    const others = Object.fromEntries(Object.entries(this.#timelineEdits).filter(([other]) => other !== name));
    this.#timelineEdits = this.shippedTimeline(name) === text ? others : { ...others, [name]: text };
  }

  /** Takes all timelines at once: as they are now, and as the revision has them that they were made from. */
  setTimelines(now: readonly TimelineSource[], from: readonly TimelineSource[]): void {
    this.#shipped = from.filter(({ name }) => now.some((timeline) => timeline.name === name));
    const edited = now.filter(({ name, text }) => this.shippedTimeline(name) !== text);
    this.setTimelineEdits(Object.fromEntries(edited.map(({ name, text }) => [name, text])));
  }

  /** Takes all edits at once, such as those before the last step. */
  setTimelineEdits(edits: TimelineEdits): void {
    this.#timelineEdits = edits;
    if (this.timelineSource === null) this.#timelineName = longest(this.timelines);
  }

  /** Name of the chosen timeline; null when there is none. */
  get timelineName(): string | null {
    return this.#timelineName;
  }

  /** The chosen timeline document; null when there is none. */
  readonly timelineSource: TimelineSource | null = $derived.by(
    () => this.timelines.find(({ name }) => name === this.#timelineName) ?? null,
  );

  /** The chosen timeline, or its problems; null when there is none. */
  readonly loadedTimeline: Result<Timeline> | null = $derived(
    this.timelineSource === null ? null : loadTimeline(this.timelineSource.text),
  );

  /** Takes a new text; parsing follows by itself. */
  setText(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.#callOff?.();
    this.#callOff = this.#schedule(() => this.#parse(), this.#lastRun < QUICK ? 'frame' : PAUSE);
  }

  /** Parses now what has been waiting. */
  flush(): void {
    if (this.#callOff !== null) this.#parse();
  }

  /** Chooses a timeline by name and forgets the instant; an unknown name is ignored. */
  selectTimeline(name: string): void {
    if (name === this.#timelineName || !this.timelines.some((timeline) => timeline.name === name)) return;
    this.#timelineName = name;
    this.at = null;
  }

  /** Asks the document pane to show the value at a JSON Pointer. */
  reveal(pointer: string): void {
    this.pointer = pointer;
    this.revealed = () => locate(this.#text, pointer);
  }

  /** Asks the document pane to show what a problem is about. */
  revealProblem(diagnostic: Diagnostic): void {
    this.pointer = diagnostic.pointer;
    this.revealed = () => locateDiagnostic(this.#text, diagnostic);
  }

  /** Stops what is waiting; the workspace is not used afterwards. */
  dispose(): void {
    this.#callOff?.();
    this.#callOff = null;
  }

  #parse(): void {
    this.#callOff?.();
    this.#callOff = null;
    const started = this.#stopwatch();
    const loaded = load(this.#text);
    this.#good = goodOf(this.#text, loaded) ?? this.#good;
    this.#loaded = loaded;
    this.#lastRun = this.#stopwatch() - started;
  }
}

function goodOf(text: string, loaded: ReturnType<typeof load>): Good | null {
  if (!loaded.ok) return null;
  const { policy } = loaded.value;
  return { text, policy, program: compile(policy) };
}
