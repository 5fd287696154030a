/** Whether the record still holds, as the server found when it last checked. */
export interface IntegrityTold {
  /** Entries that were checked. */
  readonly entries: number;
  /** Rows of evidence that are as an entry vouches. */
  readonly rows: number;
  /** How many entries a signed checkpoint vouches for. */
  readonly signed: number;
  /** Unix milliseconds. */
  readonly checkedAt: number;
  /** What does not hold, and where; the first ones. None: nothing was altered. */
  readonly problems: readonly { readonly place: string; readonly message: string }[];
  /** Problems there are in all. */
  readonly count: number;
}

/** How far a check is. */
export interface IntegrityProgress {
  readonly phase: 'entries' | 'rows';
  readonly checked: number;
  readonly of: number | null;
}

type Line = { readonly progress: IntegrityProgress } | { readonly told: IntegrityTold };

/** The last answer there is; the server checks when it is too old. Rejects when the server gives none. */
export async function lastIntegrity(address: string, ask: typeof fetch = fetch): Promise<IntegrityTold> {
  const response = await ask(address);
  if (!response.ok) throw new Error(await problemOf(response));
  return (await response.json()) as IntegrityTold;
}

/** Has the whole record checked now. Rejects when the server refuses, or when its answer breaks off. */
export async function checkNow(
  address: string,
  progressed: (progress: IntegrityProgress) => void,
  ask: typeof fetch = fetch,
): Promise<IntegrityTold> {
  const response = await ask(address, { method: 'POST' });
  if (!response.ok || response.body === null) throw new Error(await problemOf(response));
  for await (const line of linesOf(response.body)) {
    const told = JSON.parse(line) as Line;
    if ('told' in told) return told.told;
    progressed(told.progress);
  }
  throw new Error('');
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (done) return;
  }
}

/** What the server says of its refusal; nothing when it says nothing. */
async function problemOf(response: Response): Promise<string> {
  try {
    const { detail } = (await response.json()) as { detail?: unknown };
    return typeof detail === 'string' ? detail : '';
  } catch {
    return '';
  }
}
