import type { Kind, Migration } from './migration.ts';

/**
 * People, how they sign in, what they may do, and the keys of apps. None of it is evidence: names and e-mail addresses
 * live in `person` alone and can be erased, and the log knows people by id.
 */
export const accounts: Migration = {
  id: 2,
  name: 'accounts',
  statements: (kind) => [...signIn(kind), ...OURS],
};

/** The sign-in library's tables under our names. It writes instants and flags in each database's own type. */
function signIn(kind: Kind): readonly string[] {
  const instant = kind === 'postgres' ? 'timestamptz' : 'text';
  const flag = kind === 'postgres' ? 'boolean' : 'integer';
  const times = `created_at ${instant} not null, updated_at ${instant} not null`;
  const person = 'person_id text not null references person (id) on delete cascade';
  return [
    `create table person (
      id text primary key, name text not null, email text not null unique, email_verified ${flag} not null,
      image text, two_factor_enabled ${flag}, ${times})`,
    `create table login_session (
      id text primary key, token text not null unique, ${person}, method text, address text, agent text,
      expires_at ${instant} not null, ${times})`,
    `create index login_session_of on login_session (person_id)`,
    `create table credential (
      id text primary key, ${person}, provider text not null, subject text not null, password text,
      access_token text, refresh_token text, id_token text, access_token_expires_at ${instant},
      refresh_token_expires_at ${instant}, scope text, ${times}, unique (provider, subject))`,
    `create index credential_of on credential (person_id)`,
    `create table verification (
      id text primary key, identifier text not null, value text not null, expires_at ${instant} not null, ${times})`,
    `create index verification_of on verification (identifier)`,
    `create table two_factor (
      id text primary key, ${person}, secret text not null, recovery_codes text not null, verified ${flag},
      failures bigint, locked_until ${instant})`,
    `create index two_factor_of on two_factor (person_id)`,
  ];
}

const ROLE = `role text not null check (role in ('viewer', 'auditor', 'author', 'approver', 'admin'))`;

const OURS = [
  `create table rate_limit (key text primary key, count bigint not null, since bigint not null)`,
  // Outlives the person's row: an id in the log keeps its role when the name behind it is erased.
  `create table membership (
    person_id text primary key, ${ROLE}, created_at bigint not null, deactivated_at bigint)`,
  `create table invitation (
    id text primary key, token_hash text not null unique, ${ROLE}, made_by text not null, created_at bigint not null,
    expires_at bigint not null, used_by text, used_at bigint)`,
  `create table reset_link (
    token_hash text primary key, person_id text not null references person (id) on delete cascade,
    made_by text not null, created_at bigint not null, expires_at bigint not null, used_at bigint)`,
  `create table setup_link (token_hash text primary key, created_at bigint not null, used_by text, used_at bigint)`,
  `create table app_key (
    id text primary key, name text not null, environment text not null references environment (id),
    hash text not null unique, prefix text not null, created_by text not null, created_at bigint not null,
    expires_at bigint not null, revoked_at bigint, last_used_at bigint)`,
  `create index app_key_found on app_key (prefix)`,
];
