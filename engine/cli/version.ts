/** The version of the package this file is part of. */
import { readFileSync } from 'node:fs';

/** As its package.json says, whether run from the sources or from the build, which lie one folder apart. */
export function versionOfThisPackage(): string {
  for (const place of ['../package.json', '../../package.json']) {
    const found = read(new URL(place, import.meta.url));
    if (found?.name === 'latchkey' && found.version !== undefined) return found.version;
  }
  return 'unknown';
}

function read(place: URL): { readonly name?: string; readonly version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(place, 'utf8')) as { name?: string; version?: string };
  } catch {
    return undefined;
  }
}
