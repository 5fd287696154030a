/** Reads zip files, as far as exports need it: stored or deflated files, nothing encrypted, nothing beyond 4 GiB. */
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { limits, refuseHuge, Refused, type Archive } from './verify-limits.ts';

interface Member {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
}

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const DIRECTORY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const LONGEST_COMMENT = 0xffff;
const LARGEST_DIRECTORY = 32 * 2 ** 20;
const PIECE = 64 * 1024;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;

/** Opens a zip. Throws Refused when it is none, or one that no export would be. */
export async function openZip(path: string): Promise<Archive> {
  const file = await open(path);
  try {
    const members = await membersOf(file);
    const byName = new Map(members.map((member) => [member.name, member]));
    if (byName.size < members.length) throw new Refused('it holds two files of one name');
    const files = new Map(members.map(({ name, size }) => [name, size]));
    refuseHuge(files);
    return {
      files,
      read: (name) => contentOf(file, byName.get(name)),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function membersOf(file: FileHandle): Promise<readonly Member[]> {
  const { size } = await file.stat();
  const tail = await bytesAt(file, Math.max(0, size - END_LENGTH - LONGEST_COMMENT), size);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + END_LENGTH > tail.length || tail.readUInt32LE(end) !== END) {
    throw new Refused('it is neither a folder nor a whole zip file');
  }
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const start = tail.readUInt32LE(end + 16);
  if (length > LARGEST_DIRECTORY || start + length > size) throw new Refused('its table of contents is broken');
  const members = readDirectory(await bytesAt(file, start, start + length), count);
  refuseOverlap(members, start);
  return members;
}

function readDirectory(bytes: Buffer, count: number): readonly Member[] {
  const members: Member[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + DIRECTORY_LENGTH > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY) {
      throw new Refused('its table of contents is broken');
    }
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const nameEnd = at + DIRECTORY_LENGTH + (nameLength ?? 0);
    const name = bytes.toString('utf8', at + DIRECTORY_LENGTH, nameEnd);
    const member = {
      name,
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    };
    refuseOdd(member, bytes.readUInt16LE(at + 8));
    // Folders come by themselves in zips that people packed again.
    if (!name.endsWith('/')) members.push(member);
    at = nameEnd + (extra ?? 0) + (comment ?? 0);
  }
  if (at !== bytes.length) throw new Refused('its table of contents is broken');
  return members;
}

function refuseOdd({ name, method, packed, size }: Member, flags: number): void {
  const parts = name.replace(/\/$/, '').split('/');
  if (/[\\:\0]/.test(name) || parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new Refused(`it holds a file named \`${name}\`, which could land outside of its folder`);
  }
  if ((flags & ENCRYPTED) !== 0 || (method !== STORED && method !== DEFLATED)) {
    throw new Refused(`\`${name}\` is encrypted or packed in a way that exports are not`);
  }
  if (size > limits.small && size > packed * limits.ratio) {
    throw new Refused(
      `unpacked, \`${name}\` would be more than ${limits.ratio} times as long, as in a zip that is made to do harm; if you trust it, unpack it and name the folder`,
    );
  }
}

/** Files that share their bytes are how a small zip becomes an endless one. */
function refuseOverlap(members: readonly Member[], directory: number): void {
  let free = 0;
  for (const { name, offset, packed } of members.toSorted((a, b) => a.offset - b.offset)) {
    const end = offset + LOCAL_LENGTH + Buffer.byteLength(name) + packed;
    if (offset < free || end > directory) throw new Refused(`\`${name}\` lies on top of something else in the zip`);
    free = end;
  }
}

async function* contentOf(file: FileHandle, member: Member | undefined): AsyncGenerator<Uint8Array> {
  if (member === undefined) return;
  if (member.packed === 0) return;
  const start = await startOf(file, member);
  const packed = Readable.from(piecesOf(file, start, start + member.packed));
  let size = 0;
  try {
    for await (const chunk of member.method === STORED
      ? packed
      : pipeline(packed, createInflateRaw(), () => undefined)) {
      size += (chunk as Buffer).length;
      if (size > member.size) throw broken(member);
      yield chunk as Buffer;
    }
  } catch (error) {
    throw error instanceof Refused ? error : broken(member);
  }
  if (size !== member.size) throw broken(member);
}

async function* piecesOf(file: FileHandle, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to; at += PIECE) yield await bytesAt(file, at, Math.min(at + PIECE, to));
}

/** Where its bytes begin. A name that differs from the table of contents would show other tools another file. */
async function startOf(file: FileHandle, member: Member): Promise<number> {
  const name = Buffer.from(member.name);
  const header = await bytesAt(file, member.offset, member.offset + LOCAL_LENGTH + name.length);
  const whole = header.length === LOCAL_LENGTH + name.length && header.readUInt32LE(0) === LOCAL;
  if (!whole || header.readUInt16LE(26) !== name.length || !header.subarray(LOCAL_LENGTH).equals(name)) {
    throw broken(member);
  }
  return member.offset + LOCAL_LENGTH + name.length + header.readUInt16LE(28);
}

function broken({ name }: Member): Refused {
  return new Refused(`\`${name}\` cannot be unpacked to the length that the zip announces`);
}

async function bytesAt(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(to - from);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
  return bytes.subarray(0, bytesRead);
}
