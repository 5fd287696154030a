#!/usr/bin/env node
import { buildServerWhenStale } from '../../scripts/build-server.mjs';

const { main, processIo } = await import(await buildServerWhenStale());
process.exitCode = await main(process.argv.slice(2), processIo());
