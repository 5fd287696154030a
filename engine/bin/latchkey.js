#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/cli/main.js', import.meta.url);

if (existsSync(built)) {
  const { main, processIo } = await import(built.href);
  process.exitCode = await main(process.argv.slice(2), processIo());
} else {
  process.stderr.write('latchkey: the command is not built yet; run `npm run build -w latchkey` first\n');
  process.exitCode = 2;
}
