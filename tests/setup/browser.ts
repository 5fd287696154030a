import type { TestProject } from 'vitest/node';
import { buildWhenStale } from '../../scripts/build-when-stale.mjs';
import { ensureChromium } from '../../scripts/chromium.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of the Chromium that runs the browser tests. */
    chromium: string;
  }
}

/** Finds the browser and builds the product, so that no test's time limit pays for either. */
export default function setup(project: TestProject): void {
  project.provide('chromium', ensureChromium());
  buildWhenStale();
}
