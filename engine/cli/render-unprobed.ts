/** The limits that a preset does not probe: it could seem to probe them all. */
import { locate } from '../load.ts';
import { formatDuration } from '../time/duration.ts';
import { boundaries, limitsOf, PRESET_REACH, type Limit } from '../timeline/index.ts';
import type { Canvas } from './canvas.ts';
import type { Run } from './load-run.ts';
import { limitInWords } from './render-coverage.ts';
import { counted } from './report.ts';
import { wrapped } from './text-width.ts';

/** A limit once, with those of its capabilities for which the story does not go through both sides of it. */
export interface Unprobed extends Omit<Limit, 'capability' | 'raisedTo'> {
  readonly capabilities: readonly string[];
}

/** In document order. */
export function unprobedIn({ programs, program, timeline }: Run): readonly Unprobed[] {
  const whole = boundaries(programs, timeline).reached.filter(
    ({ limit, probes }) => limit.measured === 'uses' || probes.length === 3,
  );
  const probed = new Set(whole.map(({ limit }) => JSON.stringify(limit)));
  const found = new Map<string, Unprobed>();
  for (const limit of limitsOf(program.policy)) {
    if (probed.has(JSON.stringify(limit))) continue;
    const { capability, kind, measured, pointer, path, inclusive, length, uses } = limit;
    const size = { ...(length === undefined ? {} : { length }), ...(uses === undefined ? {} : { uses }) };
    const rest = { kind, measured, pointer, path, inclusive, ...size };
    const key = JSON.stringify(rest);
    const others = found.get(key)?.capabilities ?? [];
    found.set(key, { ...rest, capabilities: [...new Set([...others, capability])] });
  }
  return [...found.values()];
}

/** Where each stands and why; nothing when there is none. Ends in a line break. */
export function renderUnprobed(
  limits: readonly Unprobed[],
  { program, written }: Run,
  { paint, width }: Canvas,
): string {
  if (limits.length === 0) return '';
  const source = written.policies.get(program.policy.version);
  const lines = limits.flatMap((limit) => {
    const { line, column } = locate(source?.text ?? '', limit.pointer);
    const place = `${source?.file ?? ''}:${String(line)}:${String(column)}`;
    const said = `${limitInWords(limit)} of ${limit.capabilities.join(', ')}: ${whyNot(limit)}`;
    return [
      ...wrapped(said, width - 4).map((each, index) => `${index === 0 ? '  ' : '    '}${each}`),
      `    ${paint.ink(place, 'dim')}`,
    ];
  });
  return `${paint.ink(`This story does not probe ${counted(limits.length, 'limit')}`, 'bold')}\n${lines.join('\n')}\n`;
}

function whyNot({ uses = 0, length = 0 }: Unprobed): string {
  if (uses > PRESET_REACH.uses) return `a preset uses up ${String(PRESET_REACH.uses)} at most`;
  if (length > PRESET_REACH.time) return `a preset is fitted to limits up to ${formatDuration(PRESET_REACH.time)}`;
  return 'it does not get there';
}
