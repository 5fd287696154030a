/** All that one run found. */
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { Tally } from './agreement.ts';
import { CONTENDERS } from './contenders/index.ts';
import type { Footprint } from './footprints.ts';
import type { Timing } from './rounds.ts';

/** Where and with what a run was made; nothing that names the machine or its owner. */
export interface Setting {
  readonly date: string;
  readonly machine: string;
  readonly node: string;
  readonly v8: string;
  /** Packages by name, with the version that is installed. */
  readonly packages: ReadonlyMap<string, string>;
  readonly rounds: number;
}

/** One group of decisions: how the answers are spread, and what each contender takes. */
export interface Decisions {
  readonly tally: Tally;
  readonly timings: readonly Timing[];
}

export interface Results {
  readonly setting: Setting;
  readonly few: Decisions;
  readonly many: Decisions;
  readonly builds: readonly Timing[];
  readonly instants: readonly Timing[];
  readonly simulations: readonly Timing[];
  readonly footprints: readonly Footprint[];
}

export const REQUESTS = 10_000;
export const SITUATIONS = 500;
export const FEW = 3;
export const MANY = 300;

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
  return version;
}

export function settingOf(rounds: number): Setting {
  const [{ model } = { model: 'an unknown processor' }, ...others] = cpus();
  const names = [...CONTENDERS.flatMap((contender) => contender.package ?? []), 'mitata', 'esbuild'];
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${1 + others.length} cores of ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB of memory, ${process.platform}`,
    node: process.version,
    v8: process.versions.v8,
    packages: new Map([...new Set(names)].map((name) => [name, versionOf(name)])),
    rounds,
  };
}

/** The one of that name. Throws when nobody measured it. */
export function named<T extends { readonly name: string }>(all: readonly T[], name: string): T {
  const found = all.find((each) => each.name === name);
  if (found === undefined) throw new TypeError(`${name} was not measured`);
  return found;
}
