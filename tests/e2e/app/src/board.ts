/** Draws answers; decides nothing. */
import { messageOf } from 'latchkey/messages';
import type { Answer } from './access.ts';

export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page lacks #${id}`);
  return found;
}

export function say(id: string, text: string): void {
  element(id).textContent = text;
}

/** One line a capability, with a button that tries it. */
export function addLine(capability: string, label: string, onTry: () => void): void {
  const line = document.createElement('li');
  const button = document.createElement('button');
  const words = document.createElement('span');
  line.id = capability;
  button.type = 'button';
  button.textContent = label;
  button.addEventListener('click', onTry);
  line.append(button, ' ', words);
  element('capabilities').append(line);
}

/** Why not, in the engine's words; the primary reason comes first. */
export function wordsFor({ permitted, reason, decision }: Answer): string {
  if (permitted) return 'Go ahead';
  const primary = decision.reasons.find(({ code }) => code === reason) ?? { code: reason ?? 'engine_error', path: '' };
  return messageOf(primary);
}

export function drawLine(capability: string, answer: Answer): void {
  const line = element(capability);
  const { outcome, reason, decision } = answer;
  line.dataset['outcome'] = outcome;
  line.dataset['reason'] = reason ?? '';
  line.dataset['obligations'] = decision.obligations.map(({ type }) => type).join(' ');
  line.dataset['validUntil'] = decision.validUntil === null ? '' : new Date(decision.validUntil).toISOString();
  const words = line.querySelector('span');
  if (words !== null) words.textContent = wordsFor(answer);
}
