/** A conformance story as data: what happens on a device, and what a person may do, sees or is told because of it. */
import { readFileSync } from 'node:fs';
import { compile, type Program } from 'latchkey';
import { load, parseDuration } from 'latchkey/load';
import { checkTimeline, loadTimeline, type Timeline } from 'latchkey/timeline';

type Json = Readonly<Record<string, unknown>>;

/** A text that is a duration is a time after the start, wherever a time can stand. */
export interface StoryExpect {
  /** What a request made at that time says, by JSON Pointer; null: nothing. */
  readonly facts?: readonly { readonly at: string; readonly are: Json }[];
  /** Each state lane in full: since when it has each value. */
  readonly lanes?: Readonly<Record<string, readonly (readonly [since: string, value: string])[]>>;
  /** The decision of each attempt: its outcome, its reason, and the version of the policy it is of. */
  readonly attempts?: readonly (readonly [outcome: string, reason: string | null, version: number])[];
  /** What the app is told to carry out or to report, each with its time. */
  readonly effects?: readonly (Json & { readonly at: string })[];
}

interface Told {
  /** Begins with the row it is a case of. */
  readonly description: string;
  /** A timeline but for what all of them share; its own expectations are what the decisions are held against. */
  readonly timeline: Json;
  readonly expect?: StoryExpect;
}

interface Chapter {
  readonly title: string;
  /** `id@version` of a shipped policy, or a document, or all versions that the stories activate. */
  readonly policy: unknown;
  readonly stories: readonly Told[];
}

export interface Story extends Told {
  readonly title: string;
  readonly programs: readonly Program[];
}

const KEYS = ['title', 'policy', 'stories', 'description', 'timeline', 'expect'];
const EXPECTED = ['facts', 'lanes', 'attempts', 'effects'];

/** The stories of a file. A key that nobody knows would be an expectation that nobody looks at, so it fails. */
export function readStories(file: string): readonly Story[] {
  const chapters = JSON.parse(readFileSync(file, 'utf8')) as readonly Chapter[];
  return chapters.flatMap(({ title, policy, stories, ...rest }) => {
    known(rest, []);
    const programs = [policy].flat().map(programOf);
    return stories.map((told) => {
      known(told, KEYS);
      known(told.expect ?? {}, EXPECTED);
      return { title, programs, ...told };
    });
  });
}

function known(object: object, keys: readonly string[]): void {
  const strange = Object.keys(object).filter((key) => !keys.includes(key));
  if (strange.length > 0) throw new Error(`nobody knows what ${strange.join(', ')} means`);
}

function programOf(policy: unknown): Program {
  const text =
    typeof policy === 'string'
      ? readFileSync(`policies/${policy.replace('@', '/')}.json`, 'utf8')
      : JSON.stringify(policy);
  const loaded = load(text);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return compile(loaded.value.policy);
}

/** Starts at the last server confirmation of all hard cases, with the same technician. */
export function timelineOf({ description, programs, timeline }: Story): Timeline {
  const { id, version } = programs[0]?.policy ?? { id: '', version: 0 };
  const session = { sub: 'u-17', tenant: 'acme', roles: ['technician'] };
  const shared = { timeline: 1, title: description, policy: `${id}@${String(version)}`, start: '2026-03-01T08:00:00Z' };
  const loaded = loadTimeline(JSON.stringify({ ...shared, session, ...timeline }));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  const problems = checkTimeline(loaded.value, programs);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return loaded.value;
}

export function sinceStart(time: string): number | undefined {
  return time === '0s' ? 0 : parseDuration(time);
}

/** What a pointer points to; undefined where nothing is. */
export function at(root: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1);
  return keys.reduce<unknown>((here, key) => (here as Json | undefined)?.[key.replaceAll('~1', '/')], root);
}
