/** Moves a store, printing how many rows are copied whenever that changes. */
import { move } from '$lib/server/copies/index.ts';

const { folder, url } = JSON.parse(process.argv[2] ?? '') as { folder: string; url: string };

const { rows } = await move(url, {
  ...{ folder, now: () => 1, despiteProblems: false },
  onProgress: ({ phase, done, total }) => console.log(JSON.stringify({ phase, done, total })),
});
console.log(JSON.stringify({ phase: 'ended', done: rows, total: rows }));
