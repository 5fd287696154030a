/** What became different between two spans, so that what cannot have changed is not decided again. */
import { isObject } from '../facts.ts';
import type { Program } from '../program.ts';
import type { Request, SessionFacts } from '../request.ts';
import { ALL_PARTS, NO_PARTS, PARTS, type Parts } from './reads.ts';

/** The facts at the start of a span, and the parts in which they differ from those before in anything but time. */
export interface Since {
  readonly facts: Request;
  readonly changed: Parts;
}

/** Members that are kept as they were while they are alike, so that a long story holds each only once. */
const KEPT = [
  ['accessToken', PARTS.accessToken],
  ['refreshToken', PARTS.refreshToken],
  ['permissions', PARTS.permissions],
  ['stepUps', PARTS.stepUps],
  ['device', PARTS.device],
  ['risk', PARTS.risk],
  ['usage', PARTS.usage],
  ['facts', PARTS.custom],
  ['policy', PARTS.base],
] as const;

/** Compares the facts `is`, judged by `program`, with those before; `was` is shared where it is alike. */
export function since(was: Request | undefined, before: Program | undefined, is: Request, program: Program): Since {
  if (was === undefined) return { facts: is, changed: ALL_PARTS };
  const facts: { -readonly [Member in keyof Request]: unknown } = { ...is };
  let changed = NO_PARTS;
  for (const [name, part] of KEPT)
    if (was[name] !== undefined && alike(was[name], is[name])) facts[name] = was[name];
    else if (was[name] !== is[name]) changed |= part;
  if (before !== program) return { facts: facts as Request, changed: ALL_PARTS };
  if (!sameBase(was.session, is.session) || !sameProof(program, was, is)) changed |= PARTS.base;
  if (was.connectivity !== is.connectivity) changed |= PARTS.connectivity;
  if (was.clock.state !== is.clock.state) changed |= PARTS.clock;
  if (!sameIdentity(was.session, is.session)) changed |= PARTS.identity;
  if (was.session?.lastActivityAt !== is.session?.lastActivityAt) changed |= PARTS.activity;
  return { facts: facts as Request, changed };
}

function sameBase(was: SessionFacts | undefined, is: SessionFacts | undefined): boolean {
  return was?.authState === is?.authState && was?.cause === is?.cause && was?.lastConfirmedAt === is?.lastConfirmedAt;
}

function sameIdentity(was: SessionFacts | undefined, is: SessionFacts | undefined): boolean {
  return (
    was?.sub === is?.sub &&
    was?.iss === is?.iss &&
    was?.tenant === is?.tenant &&
    was?.acr === is?.acr &&
    was?.authTime === is?.authTime &&
    was?.establishedAt === is?.establishedAt &&
    alike(was?.amr, is?.amr)
  );
}

/** Proven time counts where an age of the policy's wipe is proven, and nowhere else. */
function sameProof({ wipes }: Program, was: Request, is: Request): boolean {
  return wipes.every(({ maxAge }) => proves(was, maxAge) === proves(is, maxAge));
}

function proves({ clock: { provenNow }, session }: Request, maxAge: number): boolean {
  return provenNow !== undefined && provenNow - (session?.lastConfirmedAt ?? Infinity) > maxAge;
}

/** Equal in every member, however deep. What nobody touched is the same object, and told at once. */
function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((each, i) => alike(each, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const [was, is] = [Object.entries(a), Object.entries(b)];
  return (
    was.length === is.length &&
    was.every(([key, value]) => Object.hasOwn(b, key) && alike(value, (b as Readonly<Record<string, unknown>>)[key]))
  );
}
