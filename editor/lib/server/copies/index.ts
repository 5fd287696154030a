/** The store as a whole: backed up, restored, moved to another database. */
export { backup } from './backup.ts';
export { move } from './move.ts';
export { restore } from './restore.ts';
