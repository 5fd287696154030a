import { fileURLToPath } from 'node:url';
import { alias } from './latchkey-entries.js';

// dependency-cruiser reads aliases in the shape of a bundler's configuration.
export default { resolve: { alias: { ...alias, $lib: fileURLToPath(new URL('editor/lib', import.meta.url)) } } };
