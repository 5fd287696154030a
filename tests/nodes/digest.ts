/** Prints one SHA-256 over everything that the shipped timelines give on their policies: the same on every machine. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compile, type Program } from 'latchkey';
import { coverageOf } from 'latchkey/analysis';
import { load } from 'latchkey/load';
import { boundariesOf, loadTimeline, play, simulationOf } from 'latchkey/timeline';

const root = process.argv[2] ?? 'policies';
const hash = createHash('sha256');
for (const id of readdirSync(root).sort()) {
  const programs = jsonIn(path.join(root, id)).map(programOf);
  for (const text of jsonIn(path.join(root, id, 'timelines'))) {
    const loaded = loadTimeline(text);
    if (!loaded.ok) throw new TypeError(`a timeline of ${id} does not load`);
    const playback = play(programs, loaded.value);
    hash.update(JSON.stringify(simulationOf(playback)));
    hash.update(JSON.stringify(boundariesOf(playback)));
    hash.update(JSON.stringify(coverageOf((programs[0] as Program).policy, [playback])));
  }
}
console.log(hash.digest('hex'));

function jsonIn(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().map((name) => readFileSync(path.join(folder, name), 'utf8'));
}

function programOf(text: string): Program {
  const loaded = load(text);
  if (!loaded.ok) throw new TypeError('a policy does not load');
  return compile(loaded.value.policy);
}
