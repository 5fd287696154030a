import { describe, expect, test } from 'vitest';
import { fetchFile } from '$lib/state/download.ts';
import { checkNow, lastIntegrity, type IntegrityProgress } from '$lib/state/integrity.ts';

const TOLD = { entries: 7, rows: 3, signed: 7, checkedAt: 1, problems: [], count: 0 };

/** A server whose answer comes in these pieces; after them it breaks off when told so. */
function serverOf(pieces: readonly string[], status = 200, breaks = false): typeof fetch {
  return () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
        if (breaks) controller.error(new TypeError('broken off'));
        else controller.close();
      },
    });
    return Promise.resolve(new Response(body, { status }));
  };
}

describe('a check', () => {
  test('is told line by line, wherever the network cuts', async () => {
    const lines = [
      { progress: { phase: 'entries', checked: 5, of: 7 } },
      { progress: { phase: 'rows', checked: 3, of: null } },
      { told: TOLD },
    ];
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    for (let cut = 1; cut < text.length; cut += 7) {
      const heard: IntegrityProgress[] = [];
      const told = await checkNow('/', (how) => heard.push(how), serverOf([text.slice(0, cut), text.slice(cut)]));
      expect(told).toEqual(TOLD);
      expect(heard).toEqual([lines[0]?.progress, lines[1]?.progress]);
    }
  });

  test('that is refused, ends early or breaks off is no check', async () => {
    const refusal = JSON.stringify({ detail: 'Your role does not allow this.' });
    const silent = () => undefined;
    await expect(checkNow('/', silent, serverOf([refusal], 403))).rejects.toThrow('Your role does not allow this.');
    await expect(checkNow('/', silent, serverOf(['{"progress":{}}\n']))).rejects.toThrow();
    await expect(checkNow('/', silent, serverOf([], 200, true))).rejects.toThrow('broken off');
    await expect(lastIntegrity('/', serverOf(['<html>'], 500))).rejects.toThrow();
    await expect(lastIntegrity('/', serverOf([JSON.stringify(TOLD)]))).resolves.toEqual(TOLD);
  });
});

describe('a file', () => {
  const idle = new AbortController().signal;

  test('is fetched whole, and its bytes are counted', async () => {
    const counts: number[] = [];
    const file = await fetchFile('/', (bytes) => counts.push(bytes), idle, serverOf(['abc', 'de']));
    await expect(file.text()).resolves.toBe('abcde');
    expect(counts).toEqual([3, 5]);
  });

  test('that is refused or breaks off is none', async () => {
    const silent = () => undefined;
    await expect(fetchFile('/', silent, idle, serverOf(['no'], 403))).rejects.toThrow('403');
    await expect(fetchFile('/', silent, idle, serverOf(['abc'], 200, true))).rejects.toThrow('broken off');
  });
});
