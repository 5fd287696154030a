/**
 * Several people who save, submit and publish as fast as the store lets them, each on a policy of their own. Prints a
 * line for what was acknowledged, as soon as it was; and one for each time the store refused, after which it goes on.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { publish, readDraft, saveDraft, submit } from '$lib/server/changes/index.ts';
import { refusalOf } from '$lib/server/http/refusal-of.ts';
import { openStore, type Store } from '$lib/server/store/index.ts';
import { admin, policyText } from '../people.ts';
import type { Acknowledged, Writers } from '../kept.ts';

const { folder, url, policies } = JSON.parse(process.argv[2] ?? '') as Writers;

const say = (what: Acknowledged) => console.log(JSON.stringify(what));

async function writeOn(store: Store, policyId: string): Promise<never> {
  for (;;) {
    const { lockVersion: before, base } = await readDraft(store, policyId);
    // A version is published once: what was cut off between two steps goes on with the next.
    const version = (base?.version ?? 0) + 1;
    const text = policyText(version, '7d', policyId);
    const { lockVersion } = await saveDraft(store, admin, { policyId, text, timelines: [], lockVersion: before });
    say({ kind: 'draft', policyId, lockVersion, version });
    const { id, contentHash } = await submit(store, admin, {
      policyId,
      lockVersion,
      message: 'a limit',
      reason: 'why',
    });
    say({ kind: 'revision', id, contentHash });
    const release = await publish(store, admin, {
      ...{ revisionId: id, contentHash, environment: 'alone', reason: 'because' },
    });
    say({ kind: 'release', id: release.id, seq: release.seq });
  }
}

async function writeWhatever(store: Store, policyId: string): Promise<never> {
  for (;;) {
    try {
      await writeOn(store, policyId);
    } catch (error) {
      const { status, code } = refusalOf(error) ?? { status: 500, code: '' };
      if (status !== 503) throw error;
      // An answer may be lost and its change kept: the draft, read anew, tells.
      say({ kind: 'refused', code });
      await wait(50);
    }
  }
}

const store = await openStore({ folder, url, now: Date.now });
say({ kind: 'started' });
await Promise.all(policies.map(async (policyId) => writeWhatever(store, policyId)));
