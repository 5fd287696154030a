/** What an expectation can say of a decision. */
import type { Decision } from 'latchkey';
import type { Expected } from 'latchkey/timeline';

/** All that it can say: of obligations, the types alone, each once. Equal answers give equal JSON. */
export function expectedOf({ outcome, reason, obligations }: Decision): Omit<Expected, 'because'> {
  const types = [...new Set(obligations.map(({ type }) => type))].sort();
  return {
    outcome,
    ...(reason === null ? {} : { reason }),
    ...(types.length === 0 ? {} : { obligations: types }),
  };
}
