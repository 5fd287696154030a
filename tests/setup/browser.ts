import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { ensureChromium } from '../../scripts/chromium.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of the Chromium that runs the browser tests. */
    chromium: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = ['editor', 'engine', 'policies', 'schemas', 'svelte.config.js', 'vite.config.ts', 'package-lock.json'];
const NOT_SOURCES = new Set(['dist', 'generated', 'node_modules']);

/** Finds the browser, and builds the product when its sources are newer than the last build. */
export default function setup(project: TestProject): void {
  project.provide('chromium', ensureChromium());
  const built = join(root, 'build/index.js');
  const newest = Math.max(...SOURCES.map((source) => changedAt(join(root, source))));
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit' });
}

function changedAt(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(path).filter((name) => !NOT_SOURCES.has(name));
  return Math.max(0, ...inside.map((name) => changedAt(join(path, name))));
}
