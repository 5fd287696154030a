/** Comments as a page lays them out: threads, by the line they are about. */
import type { CommentFacts } from './revision-facts.ts';

export interface Thread {
  readonly first: CommentFacts;
  /** Oldest first. */
  readonly replies: readonly CommentFacts[];
}

/** Threads in the order they began. A reply to a reply belongs to the same thread. */
export function threadsOf(comments: readonly CommentFacts[]): readonly Thread[] {
  const byId = new Map(comments.map((each) => [each.id, each]));
  const rootOf = (comment: CommentFacts): CommentFacts => {
    const parent = comment.replyTo === null ? undefined : byId.get(comment.replyTo);
    return parent === undefined ? comment : rootOf(parent);
  };
  const roots = comments.filter((each) => rootOf(each) === each);
  return roots.map((first) => ({
    first,
    replies: comments.filter((each) => each !== first && rootOf(each) === first),
  }));
}

/** Threads on a line that is drawn, by line; what is on none of them is left. */
export function placed(
  threads: readonly Thread[],
  drawn: ReadonlySet<number>,
): { readonly byLine: ReadonlyMap<number, readonly Thread[]>; readonly left: readonly Thread[] } {
  const byLine = new Map<number, Thread[]>();
  const left: Thread[] = [];
  for (const thread of threads) {
    const { line, pointer } = thread.first;
    if (line === null || pointer === '' || !drawn.has(line)) left.push(thread);
    else byLine.set(line, [...(byLine.get(line) ?? []), thread]);
  }
  return { byLine, left };
}
