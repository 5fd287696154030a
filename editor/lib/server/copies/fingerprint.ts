import { createHash } from 'node:crypto';
import { pagesOf, type Row, type Side } from './rows.ts';
import type { TableShape } from './shape.ts';

/** What a store holds, table by table; the same for the same rows in any order and on either kind of database. */
export type Fingerprint = Readonly<Record<string, TablePrint>>;

interface TablePrint {
  readonly rows: number;
  /** Sum of the rows' SHA-256 modulo 2²⁵⁶, lower-case hex. */
  readonly sum: string;
}

const MODULUS = 1n << 256n;

/** Reads every row; `seen` hears how many were read. */
export async function fingerprint(
  side: Side,
  shapes: readonly TableShape[],
  seen: (rows: number) => void = () => undefined,
): Promise<Fingerprint> {
  const prints: Record<string, TablePrint> = {};
  for (const shape of shapes) {
    let [count, sum] = [0, 0n];
    for await (const { rows } of pagesOf(side, shape)) {
      for (const row of rows) sum = (sum + hashOf(row)) % MODULUS;
      count += rows.length;
      seen(rows.length);
    }
    prints[shape.name] = { rows: count, sum: sum.toString(16).padStart(64, '0') };
  }
  return prints;
}

/** The tables in which two stores differ. */
export function differences(a: Fingerprint, b: Fingerprint): readonly string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => a[name]?.rows !== b[name]?.rows || a[name]?.sum !== b[name]?.sum).toSorted();
}

/** How many rows a store holds. */
export function rowsIn(print: Fingerprint): number {
  return Object.values(print).reduce((sum, { rows }) => sum + rows, 0);
}

function hashOf(row: Row): bigint {
  return BigInt(`0x${createHash('sha256').update(JSON.stringify(row)).digest('hex')}`);
}
