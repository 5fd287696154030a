import type { Environment } from 'vitest/runtime';

/** Plain Node for state classes: runes compile as they do in a browser, and there is no DOM to lean on. */
const runes: Environment = {
  name: 'runes',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
};

export default runes;
