/** `latchkey verify`: does an evidence export hold, without a server and without trusting whoever made it? */
import { statSync } from 'node:fs';
import { parseVerifierKey } from '../evidence/index.ts';
import type { Command, Given } from './command.ts';
import { readSource } from './files.ts';
import { pathOf, type Io } from './io.ts';
import { renderProblems } from './report.ts';
import { shown } from './text-width.ts';
import { primitives, verifyExport, type KeptElsewhere } from './verify-export.ts';
import { openFolder } from './verify-folder.ts';
import { Refused } from './verify-limits.ts';
import { renderVerification } from './verify-report.ts';
import { openZip } from './verify-zip.ts';

export const verify: Command = {
  name: 'verify',
  synopsis: '<export> [--checkpoint <file>…] [--key <file>…] [--json]',
  summary: 'check an evidence export: that nothing in it was altered, added or left out',
  details: [
    'Takes the zip, or the folder it was unpacked to, and needs no server. Checks the manifest, the hash of every',
    'entry and row, the chain, the tree over all entries, every checkpoint and its signature. An export can only',
    'vouch for itself: give a checkpoint and a key that you kept elsewhere to also find a history that was written',
    'anew from its beginning. Ends with 1 if anything is found.',
  ].join(' '),
  options: {
    checkpoint: {
      placeholder: '<file>',
      repeatable: true,
      summary: 'a checkpoint you kept: the log must still hold it',
    },
    key: {
      placeholder: '<file>',
      repeatable: true,
      summary: 'a key you kept: trust this one, not those in the export',
    },
    json: { summary: 'print what was found as JSON' },
  },
  operands: { least: 1, most: 1 },
  run: async (given, io) => {
    const [named = ''] = given.operands;
    const kept = keptElsewhere(given, io);
    if (typeof kept === 'string') {
      io.stderr(`latchkey verify: ${kept}\nRun \`latchkey verify --help\` for what it takes.\n`);
      return 2;
    }
    try {
      const found = await opened(pathOf(io, named), (archive) => verifyExport(archive, kept));
      if (given.flag('json')) io.stdout(`${JSON.stringify({ ok: found.problems.length === 0, ...found }, null, 2)}\n`);
      else io.stdout(renderVerification(found, kept, io));
      return found.problems.length === 0 ? 0 : 1;
    } catch (error) {
      if (error instanceof Refused)
        io.stderr(`latchkey verify: \`${shown(named)}\` was not read: ${shown(error.message)}\n`);
      else if (isMissing(error)) io.stderr(unreadable(named, io));
      else throw error;
      return 1;
    }
  },
};

type Archive = Parameters<typeof verifyExport>[0];

async function opened<T>(path: string, use: (archive: Archive) => Promise<T>): Promise<T> {
  const archive = statSync(path).isDirectory() ? openFolder(path) : await openZip(path);
  try {
    return await use(archive);
  } finally {
    await archive.close();
  }
}

/** The checkpoints and keys that were named, or what is wrong with one of them. */
function keptElsewhere(given: Given, io: Io): KeptElsewhere | string {
  const checkpoints: { place: string; note: string }[] = [];
  for (const file of given.values('checkpoint')) {
    const read = readSource(io, file);
    if (!read.ok) return read.problem.message;
    checkpoints.push({ place: file, note: read.source.text.replaceAll('\r\n', '\n') });
  }
  const keys: string[] = [];
  for (const file of given.values('key')) {
    const read = readSource(io, file);
    if (!read.ok) return read.problem.message;
    const lines = read.source.text.split(/\r?\n/).filter((line) => line.trim() !== '');
    const wrong = lines.length === 0 || lines.some((line) => parseVerifierKey(line, primitives.sha256) === null);
    if (wrong) return `\`${file}\` holds no verifier key; one reads like \`latchkey-0a1b2c3d+4e5f6071+AX…\``;
    keys.push(...lines);
  }
  return { checkpoints, keys };
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return typeof code === 'string' && ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG'].includes(code);
}

/** In the words that every command has for a file it cannot read. */
function unreadable(named: string, io: Io): string {
  const read = readSource(io, named);
  return read.ok ? '' : renderProblems([read.problem], [], io);
}
