import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../scripts/generate-validators.mjs', import.meta.url));

/** Writes the validators from the schemas before the first test, so that no run sees an older schema. */
export default function setup(): void {
  if (existsSync(script)) execFileSync(process.execPath, [script], { stdio: 'inherit' });
}
