import type { Choice, HistoryChoices } from '$lib/state/history-page.ts';
import * as words from '$lib/words/history-sentences.ts';
import { history } from '$lib/words/history.ts';
import type { Accounts } from '../accounts/index.ts';
import { may, type Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { policyTitles } from './policy-titles.ts';

/** What the history is read from. */
export interface House {
  readonly store: Store;
  readonly accounts: Pick<Accounts, 'names' | 'environments'>;
}

/** Who asks for what: the whole history, or that of one policy. */
export interface Asked {
  readonly by: Person;
  /** Of the address. */
  readonly query: URLSearchParams;
  /** An id; everything without one. */
  readonly policy?: string | undefined;
}

/** What ids are called. */
export interface Teller {
  readonly choices: HistoryChoices;
  readonly person: (id: string) => string;
  readonly policy: (id: string) => string;
  readonly environment: (id: string) => string;
}

/** A teller, and the one policy that is asked for. Throws Refusal: no right to everything, no such policy. */
export async function tellerFor(
  { store, accounts }: House,
  { by, policy }: Pick<Asked, 'by' | 'policy'>,
): Promise<{ readonly teller: Teller; readonly policy: Choice | null }> {
  if (policy === undefined && !may(by, 'audit')) throw new Refusal(403, 'not_allowed', history.notAllowed);
  const [policies, people, environments] = await Promise.all([
    policyTitles(store),
    accounts.names(by),
    accounts.environments(),
  ]);
  const found = policies.find(({ id }) => id === policy) ?? null;
  if (policy !== undefined && found === null) {
    throw new Refusal(404, 'policy_unknown', history.unknownPolicy(policy));
  }
  const choices = {
    policies,
    people: [...[...people].map(([id, title]) => ({ id, title })), { id: 'system', title: words.system }],
    environments: environments.map(({ id, title }) => ({ id, title })),
  };
  return { teller: tellerOf(choices), policy: found };
}

function tellerOf(choices: HistoryChoices): Teller {
  const titles = (from: readonly Choice[]) => new Map(from.map(({ id, title }) => [id, title]));
  const [policies, people, environments] = [choices.policies, choices.people, choices.environments].map(titles);
  return {
    choices,
    person: (id) => (id === 'unknown' ? words.nobodyKnown : (people?.get(id) ?? words.erased(id))),
    policy: (id) => policies?.get(id) ?? id,
    environment: (id) => environments?.get(id) ?? id,
  };
}
