import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bundleDigest } from '../../scripts/digest-bundle.mjs';

/** East and west of everything, half and quarter hours off, with and without summer time. */
const ZONES = ['UTC', 'UTC', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia', 'Europe/Berlin'];

test('what the shipped timelines give is the same to the byte, run after run, wherever the machine stands', async () => {
  const { folder, bundle, policies } = await bundleDigest();
  try {
    const digests = ZONES.map((TZ) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, policies], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], TZ, LANG: TZ === 'UTC' ? 'C' : 'tr_TR.UTF-8' },
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return stdout.trim();
    });
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(digests).size).toBe(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
