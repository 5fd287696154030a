/** Events by which the server answers: whether it could have been asked, and would have answered so. */
import { member } from '../own.ts';
import { quote, type Problem } from '../problem.ts';
import type { Entry } from './document.ts';

/** What is known of the story so far; document order decides. */
interface Story {
  readonly online: boolean;
  /** Sign-ins elsewhere since the tokens of this device were last handed out. */
  readonly signInsElsewhere: number;
  /** The highest policy version active so far; undefined while it is the newest one given. */
  readonly version: number | undefined;
}

/** Confirmations without a network, or without a person; refreshes the provider would refuse; versions going back. */
export function confirmationProblems(document: unknown, events: readonly Entry[]): readonly Problem[] {
  const idp = member(document, 'idp');
  const limit = member(idp, 'maxActiveTokens');
  const rotation = member(idp, 'rotation') === true;
  const person = member(member(document, 'session'), 'sub');
  const problems: Problem[] = [];
  let story: Story = { online: true, signInsElsewhere: 0, version: versionOf(document) };
  for (const event of events) {
    problems.push(...problemsOf(event, story, { limit, person }));
    story = after(story, event.value, rotation);
  }
  return problems;
}

function versionOf(document: unknown): number | undefined {
  const policy = member(document, 'policy');
  const version = typeof policy === 'string' ? policy.split('@')[1] : undefined;
  return version === undefined ? undefined : Number(version);
}

function problemsOf(
  { value, pointer }: Entry,
  story: Story,
  { limit, person }: { readonly limit: unknown; readonly person: unknown },
): readonly Problem[] {
  const problems: Problem[] = [];
  const type = member(value, 'type');
  if (isConfirmation(value) && !story.online) problems.push(offline(String(type), `${pointer}/type`));
  if (type === 'session-established' && person === undefined && member(value, 'sub') === undefined)
    problems.push(nobody(pointer));
  if (type === 'token-refresh' && isConfirmation(value) && typeof limit === 'number' && story.signInsElsewhere >= limit)
    problems.push(pushedOut(limit, `${pointer}/result`));
  const version = member(value, 'version');
  if (type === 'policy-activated' && typeof version === 'number' && version < (story.version ?? 1))
    problems.push(goesBack(version, `${pointer}/version`));
  return problems;
}

function after(story: Story, event: unknown, rotation: boolean): Story {
  const version = member(event, 'version');
  switch (member(event, 'type')) {
    case 'connectivity-change':
      return { ...story, online: member(event, 'to') === 'online' };
    case 'other-sign-in':
      return { ...story, signInsElsewhere: story.signInsElsewhere + 1 };
    case 'session-established':
      return { ...story, signInsElsewhere: 0 };
    case 'token-refresh':
      return rotation && isConfirmation(event) ? { ...story, signInsElsewhere: 0 } : story;
    case 'policy-activated':
      return typeof version === 'number' ? { ...story, version } : story;
    default:
      return story;
  }
}

function isConfirmation(event: unknown): boolean {
  const type = member(event, 'type');
  return type === 'session-established' || (type === 'token-refresh' && member(event, 'result') === 'ok');
}

function offline(type: string, pointer: string): Problem {
  const message = `${quote(type)} needs the server, and the device is not online here`;
  const help = 'put a `connectivity-change` to `online` before it';
  return { code: 'confirmation_offline', pointer, message, help };
}

function nobody(pointer: string): Problem {
  const message = 'nobody is named who signs in';
  return { code: 'missing_key', pointer, message, help: 'add `sub` here, or to `session` for all sign-ins' };
}

function pushedOut(limit: number, pointer: string): Problem {
  const message = `the provider would refuse this refresh: ${limit} sign-ins elsewhere have pushed its token out`;
  return { code: 'too_many_tokens', pointer, message, help: 'write `"result": "invalid"`' };
}

function goesBack(version: number, pointer: string): Problem {
  const message = `version ${version} is older than the one before`;
  return { code: 'bad_version', pointer, message, help: 'publish the old content as a new version instead' };
}
