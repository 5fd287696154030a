/** Runs one `latchkey-server` command line, as whoever started this program. */
import { main } from '../../../editor/command/main.ts';
import { processIo } from '../../../editor/command/io.ts';

process.exitCode = await main(JSON.parse(process.argv[2] ?? '') as string[], processIo());
