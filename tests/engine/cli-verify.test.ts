import { createHash } from 'node:crypto';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync, zipSync, type Zippable } from 'fflate';
import { verifierKeyText } from 'latchkey/evidence';
import { describe, expect, test } from 'vitest';
import { folderWith, run } from './cli-harness.ts';

const EXAMPLE = fileURLToPath(new URL('../../docs/evidence/example.zip', import.meta.url));
const CHECKPOINT = fileURLToPath(new URL('../../docs/evidence/checkpoint.txt', import.meta.url));
const KEY = fileURLToPath(new URL('../../docs/evidence/key.txt', import.meta.url));
const sha256 = (input: Uint8Array | string): Uint8Array => createHash('sha256').update(input).digest();
const files = unzipSync(readFileSync(EXAMPLE));

/** A zip in a folder of its own, by its path. */
function zipWith(content: Zippable | Uint8Array): string {
  const bytes = content instanceof Uint8Array ? content : zipSync(content, { level: 9 });
  return join(folderWith({ 'evidence.zip': bytes }), 'evidence.zip');
}

describe('latchkey verify', () => {
  test('an export that is as it was written, as a zip and unpacked', async () => {
    for (const named of [EXAMPLE, folderWith(files)]) {
      const { code, stdout, stderr } = await run(['verify', named, '--checkpoint', CHECKPOINT, '--key', KEY]);
      expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('✓ nothing was altered, added or left out');
      expect(stdout).not.toContain('kept elsewhere');
    }
  });

  test('without anything kept elsewhere it says what that leaves open', async () => {
    const { code, stdout } = await run(['verify', EXAMPLE]);
    expect(code).toBe(0);
    expect(stdout).toContain('--key');
    expect(stdout).toContain('--checkpoint');
  });

  test('damage is told by its row, and ends with 1', async () => {
    const text = Buffer.from(files['rows/release.ndjson'] ?? []).toString();
    const altered = {
      ...files,
      'rows/release.ndjson': Buffer.from(text.replace('"kind":"normal"', '"kind":"scheduled"')),
    };
    const { code, stdout } = await run(['verify', folderWith(altered)]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ release\/[^:]+: It is not what audit_event\/[^/]+\/\d+ vouches for\./);
    expect(stdout).toContain('✗ rows/release.ndjson: It is not the file that the manifest names.');
    expect(stdout).toContain('2 problems: this is not the history as it was written');
  });

  test('a file too many and a file too few', async () => {
    const { 'reviews.csv': reviews = new Uint8Array(), ...rest } = files;
    expect((await run(['verify', folderWith(rest)])).stdout).toContain('✗ reviews.csv: It is missing');
    const more = { ...files, 'timelines/0.json': reviews };
    const { code, stdout } = await run(['verify', folderWith(more)]);
    expect(code).toBe(1);
    expect(stdout).toContain('✗ timelines/0.json: The manifest does not name this file.');
  });

  test('--json prints what was found', async () => {
    const { code, stdout } = await run(['verify', EXAMPLE, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, problems: [], manifest: { format: 'latchkey-evidence-1' } });
  });

  test('a checkpoint of another log, and a key that signed nothing here', async () => {
    const note = readFileSync(CHECKPOINT, 'utf8');
    const other = join(folderWith({ 'other.txt': note.replace(/^.*/, 'latchkey-other') }), 'other.txt');
    const { code, stdout } = await run(['verify', EXAMPLE, '--checkpoint', other]);
    expect(code).toBe(1);
    expect(stdout).toContain('This checkpoint is of the log ‘latchkey-other’.');
    const stranger = verifierKeyText({ name: 'latchkey-other', publicKey: new Uint8Array(32).fill(7) }, sha256);
    const ran = await run(['verify', EXAMPLE, '--key', join(folderWith({ k: `${stranger}\n` }), 'k')]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('✗ checkpoints: No checkpoint that holds is signed by a key you gave');
    const none = await run(['verify', EXAMPLE, '--key', join(folderWith({ k: stranger.slice(1) }), 'k')]);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('holds no verifier key');
  });

  test('what is named wrongly ends with 2, what is not there with 1', async () => {
    expect(await run(['verify'])).toMatchObject({ code: 2, stdout: '' });
    expect(await run(['verify', EXAMPLE, '--key', 'nowhere.txt'])).toMatchObject({ code: 2, stdout: '' });
    const { code, stderr } = await run(['verify', 'nowhere.zip']);
    expect(code).toBe(1);
    expect(stderr).toContain('cannot read `nowhere.zip`: there is no such file');
  });
});

describe('latchkey verify reads no zip that was made to do harm', () => {
  const manifest = files['manifest.json'] ?? new Uint8Array();

  test.each([
    [
      'a bomb',
      () => zipWith({ 'manifest.json': manifest, 'events.ndjson': new Uint8Array(100 * 2 ** 20) }),
      '200 times',
    ],
    ['a file that announces less than it holds', () => zipWith(shrunk()), 'cannot be unpacked'],
    ['a name that climbs out', () => zipWith({ '../evil.json': manifest }), 'could land outside'],
    ['a name from the root', () => zipWith({ '/evil.json': manifest }), 'could land outside'],
    ['a name with a drive', () => zipWith({ 'c:evil.json': manifest }), 'could land outside'],
    ['a name with a backslash', () => zipWith({ 'a\\..\\evil.json': manifest }), 'could land outside'],
    ['two files of one name', () => zipWith(doubled()), 'two files of one name'],
    ['files on top of each other', () => zipWith(overlapping()), 'lies on top of'],
    ['half a zip', () => zipWith(readFileSync(EXAMPLE).subarray(0, 2_000)), 'nor a whole zip'],
    ['no zip at all', () => zipWith(Buffer.from('PK? no')), 'neither a folder nor a whole zip'],
    ['another zip', () => zipWith({ 'a.txt': manifest }), 'holds no `manifest.json`'],
    ['a broken manifest', () => zipWith({ 'manifest.json': manifest.subarray(1) }), '`manifest.json` is damaged'],
  ])('%s', async (_, make, said) => {
    const { code, stdout, stderr } = await run(['verify', make()]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(said);
  });

  test('a folder with a link', async () => {
    const folder = folderWith(files);
    symlinkSync('/etc/hostname', join(folder, 'link'));
    const { code, stderr } = await run(['verify', folder]);
    expect(code).toBe(1);
    expect(stderr).toContain('`link` is a link');
  });
});

const CENTRAL = Buffer.from([0x50, 0x4b, 1, 2]);

/** Its table of contents says one byte less than comes out. */
function shrunk(): Uint8Array {
  const zip = Buffer.from(zipSync({ 'manifest.json': manifestBytes() }, { level: 9 }));
  const at = zip.indexOf(CENTRAL) + 24;
  zip.writeUInt32LE(zip.readUInt32LE(at) - 1, at);
  return zip;
}

function doubled(): Uint8Array {
  const zip = Buffer.from(zipSync({ 'a.json': manifestBytes(), 'b.json': manifestBytes() }));
  for (let at = zip.indexOf('b.json'); at >= 0; at = zip.indexOf('b.json', at)) zip.write('a.json', at);
  return zip;
}

/** Both entries of its table of contents lead to the first file. */
function overlapping(): Uint8Array {
  const zip = Buffer.from(zipSync({ 'a.json': manifestBytes(), 'b.json': manifestBytes() }));
  const second = zip.lastIndexOf(CENTRAL);
  zip.writeUInt32LE(0, second + 42);
  return zip;
}

function manifestBytes(): Uint8Array {
  return files['manifest.json'] ?? new Uint8Array();
}
