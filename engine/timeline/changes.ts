/** What became different between two spans, so that what cannot have changed is not decided again. */
import { isObject } from '../own.ts';
import type { Program } from '../program.ts';
import type { Request, SessionFacts } from '../request.ts';
import { ALL_PARTS, NO_PARTS, PARTS, type Parts } from './reads.ts';

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

/** Facts put together for one span alone. */
export type Fresh = { -readonly [Member in keyof Request]: Request[Member] };

/**
 * The parts in which the facts `is`, judged by `program`, differ from those before in anything but time. What is alike is
 * taken over from `was`.
 */
export function changedSince(
  was: Request | undefined,
  before: Program | undefined,
  is: Fresh,
  program: Program,
): Parts {
  if (was === undefined) return ALL_PARTS;
  let changed = NO_PARTS;
  for (const [name, part] of KEPT) if (!takenOver(was, is, name)) changed |= part;
  takenOver(was, is, 'session');
  if (before !== program) return ALL_PARTS;
  if (!sameBase(was.session, is.session) || !sameProof(program, was, is)) changed |= PARTS.base;
  if (was.connectivity !== is.connectivity) changed |= PARTS.connectivity;
  if (was.clock.state !== is.clock.state) changed |= PARTS.clock;
  if (!sameIdentity(was.session, is.session)) changed |= PARTS.identity;
  if (was.session?.lastActivityAt !== is.session?.lastActivityAt) changed |= PARTS.activity;
  return changed;
}

function takenOver<Name extends keyof Request>(was: Request, is: Fresh, name: Name): boolean {
  const [before, after] = [was[name], is[name]];
  if (before === after) return true;
  if (before === undefined || !alike(before, after)) return false;
  is[name] = before as Fresh[Name];
  return true;
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

type Members = Readonly<Record<string, unknown>>;

/** Equal in every member, however deep. What nobody touched is the same object, and told at once. */
function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((each, i) => alike(each, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const [was, is] = [a, b] as unknown as readonly [Members, Members];
  const keys = Object.keys(was);
  return (
    keys.length === Object.keys(is).length && keys.every((key) => Object.hasOwn(is, key) && alike(was[key], is[key]))
  );
}
