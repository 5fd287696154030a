import type { EnvironmentChoice, PublishPage } from '$lib/state/publish-facts.ts';
import { whyNotPublish, type Revision } from '../changes/index.ts';
import { revisionsOf } from '../history/index.ts';
import { may, type Person } from '../person.ts';
import type { Running } from '../running.ts';
import { effectOf } from './effect.ts';
import { lookBackLines } from './look-backs.ts';
import { namingFor, type Naming } from './naming.ts';
import { obstacleOf } from './obstacle.ts';
import { plannedLines } from './planned.ts';
import { revisionAt } from './revision.ts';
import { textChanges } from './text-changes.ts';
import { titleIn } from './title.ts';

interface Asked {
  readonly id: string;
  readonly number: string;
  /** The environment that is looked at; the first that the revision may go to when it is not named. */
  readonly environment: string | null;
}

/** Where a revision may be published, and what that would replace. Throws Refusal 404. */
export async function publishPage(
  server: Running,
  by: Person,
  { id, number, environment }: Asked,
): Promise<PublishPage> {
  const { store } = server;
  const revision = await revisionAt(server, id, number);
  const named = await namingFor(server, by);
  const environments = await choices(server, revision, named);
  const chosen =
    environments.find((each) => each.id === environment) ??
    environments.find(({ obstacle }) => obstacle === null) ??
    environments[0] ??
    null;
  const live = chosen?.live ?? null;
  const before = live === null ? null : await revisionAt(server, id, `${live.number}`);
  // What is live there already is compared with nothing: it changes nothing.
  const replaced = before?.id === revision.id ? null : before;
  const { text, timelines, version, message, contentHash } = revision;
  return {
    ...{ id, title: titleIn(text, id), number: revision.number, version, message, contentHash, environments, chosen },
    changes: textChanges(before, { text, timelines }),
    effect: effectOf(store, { policyId: id, text, timelines, before: replaced?.text ?? null }),
    planned: await plannedLines(server, id, named),
    lookBacks: await lookBackLines(server, named, id),
    mayPublish: may(by, 'publish'),
  };
}

async function choices(
  { store, accounts }: Running,
  revision: Revision,
  named: Naming,
): Promise<readonly EnvironmentChoice[]> {
  const facts = await revisionsOf(store, revision.policyId);
  const releases = facts
    .flatMap((each) => each.releases.map((release) => ({ release, revision: each })))
    .toSorted((a, b) => b.release.seq - a.release.seq);
  return Promise.all(
    (await accounts.environments()).map(async ({ id, title, requiresApproval }) => {
      const last = releases.find(({ release }) => release.environment === id);
      const why = async (urgent: boolean) =>
        obstacleOf(await whyNotPublish(store, revision, { environment: id, urgent }));
      return {
        ...{ id, title, requiresApproval },
        live:
          last === undefined
            ? null
            : {
                ...{ number: last.revision.number, version: last.revision.version, seq: last.release.seq },
                ...{ by: named(last.release.publishedBy), at: last.release.at },
                approved: last.revision.approvedBy.length > 0,
              },
        obstacle: await why(false),
        urgentObstacle: await why(true),
      };
    }),
  );
}
