/** What is queued while offline must be something that the server carries out. */
import type { Problem } from '../problem.ts';
import { itemsOf, memberOf, type Written } from './written.ts';

/** `enqueue` on a capability that is not bound to the server. Silent when `serverBound` is of the wrong type. */
export function enqueuedWithoutServer(document: Written): readonly Problem[] {
  return itemsOf(memberOf(document, 'capabilities')).flatMap((capability): readonly Problem[] => {
    const offline = memberOf(capability, 'offline');
    const bound = memberOf(capability, 'serverBound').value;
    if (offline.value !== 'enqueue' || (bound !== undefined && bound !== false)) return [];
    const message = '`enqueue` is for what the server carries out, and this capability is not bound to it';
    const help = 'add `"serverBound": true`, or leave `offline` out';
    return [{ code: 'enqueue_needs_server_bound', pointer: offline.pointer, message, help }];
  });
}
