/** Presets played on a policy and on its mutants, as they are and with a turn more. */
import type { Program } from '../program.ts';
import type { Milliseconds, Request } from '../request.ts';
import { SENSITIVITY } from '../request.ts';
import { formatDuration } from '../time/duration.ts';
import { checkTimeline, loadTimeline, PRESETS, simulate, type Simulation, type Timeline } from '../timeline/index.ts';
import type { Edit } from './mutate-edits.ts';
import { suggestionFrom, telling, type Added, type Suggestion } from './mutate-suggestion.ts';
import { conditionsIn, isIn, twistsFor, type Moment, type Person, type Twist } from './mutate-twists.ts';
import { leavesOf } from './scope.ts';

type Members = Readonly<Record<string, unknown>>;

/** A preset as text people can read, and as it runs. */
interface Script {
  readonly name: string;
  readonly document: Members & { readonly events: readonly Members[] };
  readonly timeline: Timeline;
  readonly simulation: Simulation;
}

interface Story {
  readonly timeline: Timeline;
  readonly simulation: Simulation;
  readonly added: Added;
}

const SECOND: Milliseconds = 1000;
const MINUTE = 60 * SECOND;
/** Looks at one kind of resource; more would show little more. */
const LOOKS = 40;

/** Each story is played on the policy when first asked for, and once. */
export class Stage {
  readonly #program: Program;
  #scripts: readonly Script[] | undefined;
  readonly #stories = new Map<string, Story | undefined>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** What would notice the mutant in a preset: as it is, asked about other resources, or with a turn more. */
  suggestionFor(mutated: Program, edit: Edit): Suggestion | undefined {
    for (const { name, timeline, simulation } of this.#all()) {
      const found = suggestionFrom(simulation, simulate([mutated], timeline), { timeline: name });
      if (found !== undefined) return found;
    }
    const [usual] = this.#all();
    return usual === undefined ? undefined : (this.#asked(usual, mutated) ?? this.#twisted(usual, mutated, edit));
  }

  /** The rule that refuses wherever the edited one does, in every preset; undefined when there is no such rule. */
  hiddenBy({ path }: Edit): string | undefined {
    const edited = leavesOf(this.#program.policy).find((leaf) => isIn(path, leaf.path));
    const decisions = this.#all().flatMap(({ simulation: { segments } }) =>
      Object.values(segments).flatMap((list) => list.map(({ decision }) => decision)),
    );
    const refusals = decisions.flatMap(({ reasons }) => {
      const paths = reasons.map((reason) => reason.path);
      return edited !== undefined && paths.includes(edited.path) ? [paths] : [];
    });
    const candidates = new Set(refusals[0]?.filter((each) => each !== edited?.path && each !== ''));
    return [...candidates].find((each) => refusals.every((paths) => paths.includes(each)));
  }

  #all(): readonly Script[] {
    this.#scripts ??= PRESETS.flatMap(({ name, timelineFor }) => {
      const text = timelineFor(this.#program.policy);
      const loaded = loadTimeline(text);
      if (!loaded.ok) return [];
      const document = JSON.parse(text) as Script['document'];
      const simulation = simulate([this.#program], loaded.value);
      return [{ name, document, timeline: loaded.value, simulation }];
    });
    return this.#scripts;
  }

  /** The same preset, about data that is more sensitive, or of the kinds that conditions name. */
  #asked({ name, timeline, simulation }: Script, mutated: Program): Suggestion | undefined {
    const { policy } = this.#program;
    const { connectivity, authState, accessToken, clock } = simulation.lanes;
    const lanes = [connectivity, authState, accessToken, clock];
    const starts = [...Object.values(simulation.segments), ...lanes].flatMap((each) => each.map(({ from }) => from));
    const cuts = [...new Set(starts)].sort((a, b) => a - b);
    const times = cuts.filter((_, index) => index % Math.ceil(cuts.length / LOOKS) === 0);
    const looks = resourcesOf(this.#program).flatMap((resource) =>
      policy.capabilities.flatMap(({ id: capability }) => times.map((at) => ({ at, capability, resource }))),
    );
    if (looks.length === 0) return undefined;
    const expect = looks.map((look, index) => ({ ...look, path: `/expect/${String(index)}` }));
    const story = { ...timeline, expect };
    const [before, after] = [this.#program, mutated].map((program) => simulate([program], story).expectations);
    for (const [index, look] of looks.entries()) {
      const [today, then] = [before?.[index]?.actual, after?.[index]?.actual];
      const told = today === undefined || then === undefined ? undefined : telling(today, then);
      if (told !== undefined) return { timeline: name, ...look, ...told };
    }
    return undefined;
  }

  #twisted(usual: Script, mutated: Program, edit: Edit): Suggestion | undefined {
    const online = this.#all().find(({ name }) => name === 'provider-outage') ?? usual;
    for (const twist of twistsFor(this.#program.policy, edit, personIn(usual))) {
      const script = typeof twist.at === 'object' ? online : usual;
      const key = JSON.stringify([script.name, twist]);
      const story = this.#stories.has(key) ? this.#stories.get(key) : this.#told(script, twist);
      this.#stories.set(key, story);
      if (story === undefined) continue;
      const { timeline, simulation, added } = story;
      const found = suggestionFrom(simulation, simulate([mutated], timeline), { timeline: script.name, added });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Undefined when it cannot be told so: there is no such moment, or the end comes before. */
  #told(script: Script, { at, events, members }: Twist): Story | undefined {
    const from = momentIn(script, at);
    if (from === undefined) return undefined;
    const more = events.map((event, index) => ({ at: from + index * SECOND, ...event }));
    const own = script.document.events.map((event, index) => ({
      ...event,
      at: script.timeline.events[index]?.at ?? 0,
    }));
    const all = [...own, ...more].sort((a, b) => a.at - b.at);
    const written = all.map((event) => ({ ...event, at: formatDuration(event.at) }));
    const loaded = loadTimeline(JSON.stringify({ ...script.document, ...members, events: written }));
    if (!loaded.ok || checkTimeline(loaded.value, [this.#program]).length > 0) return undefined;
    const added = { ...members, ...(more.length === 0 ? {} : { events: more }) };
    return { timeline: loaded.value, simulation: simulate([this.#program], loaded.value), added };
  }
}

/** Around the first time without a network, after the proof with which every preset begins, or before an hour strikes. */
function momentIn({ timeline: { events }, simulation: { lanes } }: Script, at: Moment): Milliseconds | undefined {
  const offline = events.find(({ event }) => event.type === 'connectivity-change')?.at ?? 0;
  if (at === 'online') return offline - MINUTE;
  if (at === 'offline') return offline + MINUTE;
  const failing = events.findIndex(({ event }) => event.type === 'token-refresh' && event.result !== 'ok');
  const proofs = events.slice(0, failing < 0 ? undefined : failing).filter(({ event }) => event.type === 'step-up');
  const begun = proofs.at(-1)?.at ?? 0;
  if ('after' in at) return begun + at.after;
  const hours = lanes.schedule.map(({ from }) => from - MINUTE).filter((from) => from > begun);
  return hours[at.hour];
}

function personIn({ document }: Script): Person {
  const {
    session = {},
    device = {},
    idp = {},
    events,
  } = document as Script['document'] & {
    readonly session?: Members & { readonly roles?: readonly string[]; readonly scopes?: readonly string[] };
    readonly device?: Members;
    readonly idp?: Members;
  };
  const proof = events.find(({ type }) => type === 'step-up')?.['amr'] as readonly string[] | undefined;
  return { roles: session.roles ?? [], scopes: session.scopes ?? [], proof: proof ?? ['pin'], session, device, idp };
}

/** Resources that make a difference to some rule of the policy. */
function resourcesOf({ policy }: Program): readonly NonNullable<Request['resource']>[] {
  const leveled = Object.values(policy.sensitivity).some((list) => list.length > 0);
  const levels = SENSITIVITY.filter((level) => leveled && level !== 'public').map((sensitivity) => ({ sensitivity }));
  const named = conditionsIn(policy, leavesOf(policy)).flatMap(({ fact, value }) => {
    if (!fact.startsWith('resource.')) return [];
    const texts = [...(Array.isArray(value) ? (value as readonly unknown[]) : [value])];
    const kinds = fact === 'resource.sensitivity' ? texts : [...texts, 'another'];
    return kinds.flatMap((each) => (typeof each === 'string' ? [{ [fact.slice('resource.'.length)]: each }] : []));
  });
  return [...levels, ...named];
}
