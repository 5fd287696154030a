/** The policy and the timeline that the contenders are measured on. */
import { readFileSync } from 'node:fs';
import { compile, type Policy, type Program, type Request } from 'latchkey';
import { load } from 'latchkey/load';
import { factsOf } from 'latchkey/session';
import { loadTimeline, play, type Timeline } from 'latchkey/timeline';
import { likenesses, type Asked } from './capabilities.ts';
import type { Given } from './contender.ts';
import { CAPABILITIES } from './requests.ts';

const FOLDER = 'policies/field-service';

export interface FieldService {
  readonly policy: Policy;
  readonly program: Program;
  /** Nine days, most of them without a network. */
  readonly timeline: Timeline;
}

/** Reads the shipped files. */
export function readFieldService(): FieldService {
  const { policy } = valueOf(load(readFileSync(`${FOLDER}/1.json`)));
  const timeline = valueOf(loadTimeline(readFileSync(`${FOLDER}/timelines/dead-zone.json`)));
  return { policy, program: compile(policy), timeline };
}

function valueOf<T>(result: { ok: true; value: T } | { ok: false; diagnostics: unknown }): T {
  if (result.ok) return result.value;
  throw new Error(`a shipped file does not load: ${JSON.stringify(result.diagnostics)}`);
}

/** The shipped policy with those capabilities instead of its own, each written like the one it is like. */
export function fieldServiceFor(capabilities: readonly Asked[]): Given {
  const document = JSON.parse(readFileSync(`${FOLDER}/1.json`, 'utf8')) as { capabilities: readonly { id: string }[] };
  const written = capabilities.map(({ id, like }) => ({
    ...document.capabilities.find((each) => each.id === like),
    id,
  }));
  const text = JSON.stringify({ ...document, capabilities: written });
  return { capabilities, like: likenesses(capabilities), text, policy: valueOf(load(text)).policy };
}

/** A request at an offset from the timeline's start. */
export interface Sample {
  readonly at: number;
  readonly request: Request;
}

/** What a simulator without exact edges would ask: every capability at every `step` ms of the timeline. */
export function samplesOf({ program, timeline }: FieldService, step: number): readonly Sample[] {
  const { stretches } = play([program], timeline);
  const samples: Sample[] = [];
  for (const stretch of stretches) {
    const { from, to, session } = stretch;
    const end = Math.min(to, timeline.until);
    for (let at = Math.ceil(from / step) * step; at < end; at += step)
      for (const capability of CAPABILITIES)
        samples.push({ at, request: factsOf(session, stretch.look(at), { capability }) });
  }
  return samples;
}
