/** A preset on a policy: a timeline that no file holds. */
import { didYouMean } from '../suggest.ts';
import { loadTimeline, PRESETS, type Preset } from '../timeline/index.ts';
import type { Io } from './io.ts';
import { loadProgram } from './load-program.ts';
import { runOn, type LoadedRun } from './load-run.ts';

/** The preset of that name, or in one sentence why there is none. */
export function findPreset(name: string): Preset | string {
  const names = PRESETS.map((preset) => preset.name);
  const help = didYouMean(name, names) ?? `there are ${names.join(', ')}`;
  return PRESETS.find((preset) => preset.name === name) ?? `there is no preset \`${name}\`; ${help}`;
}

/** The policy with the preset's timeline fitted to it. */
export function loadPresetRun(io: Io, policyFile: string, preset: Preset): LoadedRun {
  const program = loadProgram(io, policyFile);
  if (!program.ok) return program;
  const text = preset.timelineFor(program.value.policy);
  const source = { file: `preset ${preset.name}`, bytes: new TextEncoder().encode(text), text };
  const timeline = loadTimeline(text);
  return timeline.ok
    ? runOn(io, program, { ok: true, value: timeline.value, source })
    : { ok: false, problems: timeline.diagnostics.map((each) => ({ file: source.file, ...each })), sources: [source] };
}
