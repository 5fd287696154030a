/** Mutation: which mistakes in a policy its timelines would notice, and which nobody would. */
import { compile } from '../compile.ts';
import type { PolicyDocument } from '../document.ts';
import { pointerKeys } from '../json-pointer.ts';
import { load } from '../load.ts';
import type { Policy } from '../policy.ts';
import type { Program } from '../program.ts';
import type { AuthState } from '../request.ts';
import { simulate, type Simulation, type Timeline } from '../timeline/index.ts';
import { editsOf, tierEdits, type Edit } from './mutate-edits.ts';
import { formOf } from './mutate-form.ts';
import { Stage } from './mutate-stage.ts';
import { suggestionFrom, type Suggestion } from './mutate-suggestion.ts';

/** A valid policy that differs from the original by one edit. */
export interface Mutant extends Edit {
  readonly policy: Policy;
  /**
   * `equivalent`: no request can tell it from the original. `silent`: it changes only what a decision's outcome,
   * reason and types of obligations do not show, such as a warning, so no expectation can be about it.
   */
  readonly kind: 'ordinary' | 'equivalent' | 'silent';
}

/**
 * `survived` without a suggestion: nothing differs in the timelines, in the presets, or in those turns of a preset that
 * were tried, chosen by the edit and limited in number. `hiddenBy` is then the pointer of a rule that refuses wherever
 * the changed one does in the presets.
 */
export type Verdict =
  | { readonly fate: 'killed' }
  | { readonly fate: 'survived'; readonly suggestion?: Suggestion; readonly hiddenBy?: string }
  | { readonly fate: 'equivalent' | 'silent' };

/** Timelines that hold on the policy as it is, and what they do there. */
export interface Baseline {
  readonly program: Program;
  /** Other versions of the policy, which stay as they are. */
  readonly others: readonly Program[];
  readonly timelines: readonly Timeline[];
  readonly simulations: readonly Simulation[];
  /** For what no timeline tells apart. */
  readonly stage: Stage;
}

/** Every valid mutant of a valid document, in document order; two edits that come to the same policy give one. */
export function mutantsOf(document: PolicyDocument, policy: Policy): readonly Mutant[] {
  const original = formOf(policy);
  const seen = new Set([JSON.stringify(policy)]);
  return [...editsOf(document), ...tierEdits(document)].flatMap((edit) => {
    const loaded = load(JSON.stringify(edited(document, edit)));
    if (!loaded.ok) return [];
    const { policy: mutated } = loaded.value;
    const text = JSON.stringify(mutated);
    if (seen.has(text)) return [];
    seen.add(text);
    const kind = isSilent(edit, mutated) ? 'silent' : formOf(mutated) === original ? 'equivalent' : 'ordinary';
    return [{ ...edit, policy: mutated, kind }];
  });
}

/** Runs the timelines on a program, of which mutants will be judged, and on other versions that they begin on or activate. */
export function baselineOf(
  program: Program,
  timelines: readonly Timeline[],
  others: readonly Program[] = [],
): Baseline {
  const simulations = timelines.map((timeline) => simulate([program, ...others], timeline));
  return { program, others, timelines, simulations, stage: new Stage(program) };
}

/** Holds the timelines against one mutant, which takes the place of the program that it was made from. */
export function judge(mutant: Mutant, { others, timelines, simulations, stage }: Baseline): Verdict {
  if (mutant.kind !== 'ordinary') return { fate: mutant.kind };
  const program = compile(mutant.policy);
  let noticing: Suggestion | undefined;
  for (const [index, timeline] of timelines.entries()) {
    const simulation = simulate([program, ...others], timeline);
    if (simulation.expectations.some(({ ok }) => !ok)) return { fate: 'killed' };
    noticing ??= suggestionFrom(simulations[index], simulation, { timeline: index });
  }
  const suggestion = noticing ?? stage.suggestionFor(program, mutant);
  if (suggestion !== undefined) return { fate: 'survived', suggestion };
  const hiddenBy = stage.hiddenBy(mutant);
  return { fate: 'survived', ...(hiddenBy === undefined ? {} : { hiddenBy }) };
}

/** The share of ordinary mutants that were killed, 0 to 1; 1 when there are none. */
export function scoreOf(verdicts: readonly Verdict[]): number {
  const killed = verdicts.filter(({ fate }) => fate === 'killed').length;
  const survived = verdicts.filter(({ fate }) => fate === 'survived').length;
  return killed + survived === 0 ? 1 : killed / (killed + survived);
}

function edited(document: PolicyDocument, { path, now }: Edit): unknown {
  const copy = JSON.parse(JSON.stringify(document)) as unknown;
  const keys = pointerKeys(path);
  const last = keys.at(-1) ?? '';
  const parent = keys.slice(0, -1).reduce((value, key) => (value as Record<string, unknown>)[key], copy);
  if (Array.isArray(parent)) parent.splice(Number(last), 1, ...(now === undefined ? [] : [now]));
  else if (now === undefined) Reflect.deleteProperty(parent as object, last);
  else (parent as Record<string, unknown>)[last] = now;
  return copy;
}

/** Warnings, what is shown, signing out, one of two obligations of a type, and what in a wipe is no decision. */
function isSilent({ path, was }: Edit, { onState }: Policy): boolean {
  if (/^\/(warn|signOut)\//.test(path) || /^\/onState\/[^/]+\/present$/.test(path)) return true;
  const [, state] = /^\/onState\/([^/]+)\/obligations\//.exec(path) ?? [];
  if (state !== undefined) return onState[state as AuthState]?.obligations.some(({ type }) => type === was) === true;
  if (!path.startsWith('/wipe/')) return false;
  const byAge = path.endsWith('/maxAge') || (typeof was === 'object' && was !== null && 'maxAge' in was);
  return !byAge;
}
