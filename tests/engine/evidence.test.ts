import { createHash, generateKeyPairSync, sign, verify, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import {
  addLeaf,
  checkpointText,
  entryHash,
  fromHex,
  parseNote,
  parseVerifierKey,
  signedNote,
  toHex,
  treeRoot,
  verifierKeyText,
  verifyEvidence,
  type Frontier,
  type Primitives,
} from 'latchkey/evidence';
import { describe, expect, test } from 'vitest';

const sha256 = (input: Uint8Array | string): Uint8Array => new Uint8Array(createHash('sha256').update(input).digest());
const primitives: Primitives = {
  sha256,
  verifyEd25519: (publicKey, message, signature) => {
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
    return verify(null, Buffer.from(message), key, signature);
  },
};

/** RFC 6962, section 2.1, word for word: split at the largest power of two below the size. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return sha256('');
  if (leaves.length === 1) return first;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.concat([Uint8Array.of(1), naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split))]));
}

describe('the tree', () => {
  test('grown leaf by leaf it has the root that RFC 6962 defines, at every size', () => {
    const leaves = Array.from({ length: 70 }, (_, index) => sha256(`leaf ${index}`));
    let frontier: Frontier = [];
    leaves.forEach((leaf, size) => {
      frontier = addLeaf(frontier, size, leaf, sha256);
      expect(toHex(treeRoot(frontier, sha256))).toBe(toHex(naiveRoot(leaves.slice(0, size + 1))));
    });
    expect(toHex(treeRoot([], sha256))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});

describe('an entry', () => {
  const entry = { log: 'l', seq: 1, at: 2, type: 't', actor: 'a', subject: 's', data: { b: 1, a: 'é' }, prev: '0' };

  test('its hash is of a zero byte and the canonical text', () => {
    const text = '{"actor":"a","at":2,"data":{"a":"é","b":1},"log":"l","prev":"0","seq":1,"subject":"s","type":"t"}';
    expect(entryHash(entry, sha256)).toBe(createHash('sha256').update(Uint8Array.of(0)).update(text).digest('hex'));
  });

  test('what JSON cannot say has no hash', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\uD800']) {
      expect(() => entryHash({ ...entry, data: { value } }, sha256)).toThrow(TypeError);
    }
  });
});

describe('a checkpoint', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'));
  const key = { name: 'latchkey-test', publicKey: raw };
  const body = { origin: 'latchkey-1', size: 2, root: sha256('root') };
  const text = checkpointText(body);
  const note = signedNote(text, key, sign(null, Buffer.from(text), privateKey), sha256);

  test('is worded as C2SP tlog-checkpoint says', () => {
    expect(note.split('\n')).toEqual([
      'latchkey-1',
      '2',
      Buffer.from(body.root).toString('base64'),
      '',
      expect.stringMatching(/^\u2014 latchkey-test [A-Za-z0-9+/]+=*$/),
      '',
    ]);
    expect(parseNote(note)?.body).toEqual(body);
  });

  test('a verifier key survives its text; any other text is none', () => {
    const written = verifierKeyText(key, sha256);
    expect(parseVerifierKey(written, sha256)).toEqual(key);
    for (const other of ['', 'x', written.slice(1), `${written}A`, written.replace('+', '-')]) {
      expect(parseVerifierKey(other, sha256)).toBeNull();
    }
  });

  test('no change of a single character survives', async () => {
    const evidence = { log: 'latchkey-1', entries: [], rows: [] };
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: note.length - 1 }), fc.integer({ min: 32, max: 126 }), async (at, code) => {
        const other = note.slice(0, at) + String.fromCharCode(code) + note.slice(at + 1);
        fc.pre(other !== note);
        const checkpoints = [{ place: 'outside', note: other }];
        const { problems } = await verifyEvidence({ ...evidence, checkpoints }, [key], primitives);
        expect(problems.map(({ message }) => message)).not.toContainEqual(expect.stringContaining('is missing'));
        expect(problems).toHaveLength(1);
      }),
      { numRuns: 300, seed: 20_260_302 },
    );
  });
});

test('hex is read strictly', () => {
  expect(fromHex('00ff')).toEqual(Uint8Array.of(0, 255));
  for (const text of ['0', 'FF', 'zz', '0x00']) expect(fromHex(text)).toBeNull();
});
