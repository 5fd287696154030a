import { isNestedDeeper } from '../nesting.ts';
import { Refusal } from '../refusal.ts';
import { http } from '$lib/words/http.ts';

/** The largest body of JSON taken, in bytes: a policy of 1 MiB with its timelines. */
const LARGEST = 8 * 1024 * 1024;

/** How deep JSON may be nested in a request; the documents in it are texts, each with a limit of its own. */
const DEEPEST = 32;

/** The JSON object in a request. Throws Refusal for another type, too much, too deep, or no JSON object. */
export async function readJson(request: Request): Promise<Readonly<Record<string, unknown>>> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw new Refusal(415, 'json_expected', http.jsonExpected);
  }
  const text = await readText(request);
  if (isNestedDeeper(text, DEEPEST)) throw new Refusal(413, 'too_deep', http.tooDeep);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'no_json', http.noJson);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, 'no_json', http.noJson);
  }
  return value as Readonly<Record<string, unknown>>;
}

/** Reads no more than is allowed, whatever the header promised. */
async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > LARGEST) throw tooLarge();
    parts.push(part);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw new Refusal(400, 'no_json', http.noJson);
  }
}

function tooLarge(): Refusal {
  return new Refusal(413, 'too_large', http.tooLarge);
}
