// Prints the path of the Chromium that browser tests use, and installs one first where there is none.
import { ensureChromium } from './chromium.mjs';

try {
  console.log(ensureChromium());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
