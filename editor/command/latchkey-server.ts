/** What the bundle offers to editor/command/latchkey-server.mjs. */
export { processIo } from './io.ts';
export { main } from './main.ts';
