import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSecret } from '$lib/server/accounts/secret.ts';
import { secretFile } from '$lib/server/secret-file.ts';
import { readVerifierKey } from '$lib/server/store/index.ts';
import { databases, type Place } from './databases.ts';

describe('a file for a secret', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'latchkey-secret-'));
    file = path.join(folder, 'data', 'secret');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is made once, for its owner alone, and nothing else is left beside it', () => {
    expect(secretFile(file, () => 'first')).toBe('first');
    expect(secretFile(file, () => 'second')).toBe('first');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(file))).toEqual(['secret']);
  });

  test('is there whole or not at all: what a stopped start has left is cleared away', () => {
    mkdirSync(path.dirname(file));
    writeFileSync(`${file}.3f.part`, 'fir');
    const seen: boolean[] = [];
    const made = secretFile(file, () => {
      seen.push(existsSync(file));
      return 'whole';
    });
    expect({ made, seen }).toEqual({ made: 'whole', seen: [false] });
    writeFileSync(`${file}.40.part`, '');
    expect(secretFile(file, () => 'other')).toBe('whole');
    expect(readdirSync(path.dirname(file))).toEqual(['secret']);
  });

  test('whoever is first is believed by the others', () => {
    const text = secretFile(file, () => {
      // Another process, which also clears away what is not under the name.
      secretFile(file, () => 'theirs');
      return 'ours';
    });
    expect(text).toBe('theirs');
    expect(readFileSync(file, 'utf8')).toBe('theirs');
    expect(readdirSync(path.dirname(file))).toEqual(['secret']);
  });

  test.each(['', 'half a sec'])('a session secret that holds %j says the way out', (text) => {
    writeFileSync(path.join(folder, 'session-secret'), text);
    expect(() => openSecret(folder, {})).toThrow(/session-secret holds no whole secret.*backup.*move it away/);
  });
});

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('a start after one that was stopped', () => {
    let place: Place;
    beforeEach(async () => {
      place = await make();
    });
    afterEach(async () => place.remove());

    const keyFile = () => path.join(place.folder, 'checkpoint-key.pem');
    const way = /checkpoint-key\.pem holds no whole key.*backup.*move it away/;

    test('while the key was made, makes it', async () => {
      mkdirSync(place.folder, { recursive: true });
      writeFileSync(`${keyFile()}.17.part`, '-----BEGIN PRIV');
      const { verifierKey } = await place.open();
      expect(await readVerifierKey(place.folder)).toBe(verifierKey);
      expect(readdirSync(place.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    });

    test.each(['', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQ'])('with %j for a key says the way out', async (text) => {
      mkdirSync(place.folder, { recursive: true });
      writeFileSync(keyFile(), text);
      await expect(place.open()).rejects.toThrow(way);
      await expect(readVerifierKey(place.folder)).rejects.toThrow(way);
      rmSync(keyFile());
      expect((await place.open()).verifierKey).toBe(await readVerifierKey(place.folder));
    });
  });
});
