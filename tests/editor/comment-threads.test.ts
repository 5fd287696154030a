import { placed, threadsOf } from '$lib/state/comment-threads.ts';
import type { CommentFacts } from '$lib/state/revision-facts.ts';
import { expect, test } from 'vitest';

function comment(id: string, over: Partial<CommentFacts> = {}): CommentFacts {
  const author = { id: 'u-1', name: 'Ann' };
  return {
    ...{ id, pointer: '/tiers/0', line: 4, replyTo: null, author, text: id, at: 0, number: 1, stale: false },
    ...over,
  };
}

const told = (comments: readonly CommentFacts[]) =>
  threadsOf(comments).map(({ first, replies }) => [first.id, ...replies.map(({ id }) => id)]);

test('a reply stands under what it replies to, and a reply to a reply in the same thread, oldest first', () => {
  const comments = [
    comment('a'),
    comment('b'),
    comment('a1', { replyTo: 'a' }),
    comment('b1', { replyTo: 'b' }),
    comment('a2', { replyTo: 'a1' }),
    comment('a3', { replyTo: 'a' }),
  ];
  expect(told(comments)).toEqual([
    ['a', 'a1', 'a2', 'a3'],
    ['b', 'b1'],
  ]);
});

test('a reply to something that is not shown begins a thread of its own', () => {
  expect(told([comment('lost', { replyTo: 'gone' }), comment('more', { replyTo: 'lost' })])).toEqual([
    ['lost', 'more'],
  ]);
  expect(told([])).toEqual([]);
});

test('a thread is drawn on its line where that line is drawn, and is left for below otherwise', () => {
  const comments = [
    comment('here'),
    comment('here too', { pointer: '/tiers/0/id' }),
    comment('elsewhere', { line: 9 }),
    comment('not drawn', { line: 12 }),
    comment('of the whole', { pointer: '', line: 4 }),
    comment('of what is gone', { line: null }),
  ];
  const { byLine, left } = placed(threadsOf(comments), new Set([4, 9]));
  const ids = [...byLine].map(([line, threads]) => [line, ...threads.map(({ first }) => first.id)]);
  expect(ids).toEqual([
    [4, 'here', 'here too'],
    [9, 'elsewhere'],
  ]);
  expect(left.map(({ first }) => first.id)).toEqual(['not drawn', 'of the whole', 'of what is gone']);
});
