/** What the engine and the reference must agree on in a decision. */
import type { Decision } from 'latchkey';

const FIGURES = ['actual', 'limit', 'margin'];

/** All but the promise about the future and the figures that explain a reason. */
export function answered({ validUntil: _, reasons, alternatives, ...rest }: Decision): unknown {
  const plain = (reason: object) =>
    Object.fromEntries(Object.entries(reason).filter(([key]) => !FIGURES.includes(key)));
  return {
    ...rest,
    reasons: reasons.map(plain),
    ...(alternatives && { alternatives: alternatives.map((each) => ({ ...each, reasons: each.reasons.map(plain) })) }),
  };
}
