/** Dates in the right form that no calendar has, and stretches of days that end before they begin. */
import { quote, type Problem } from '../problem.ts';
import type { PlacedConstraint } from './constraints.ts';
import { itemsOf, memberOf, type Written } from './written.ts';

/** A day by which to look again that does not exist. */
export function reviewDate(document: Written): readonly Problem[] {
  return notADay(memberOf(memberOf(document, 'notes'), 'reviewBy'));
}

/** Exceptions of a schedule on days that do not exist, or that end before they begin. */
export function exceptionDates(constraint: PlacedConstraint): readonly Problem[] {
  if (constraint.kind !== 'schedule') return [];
  return itemsOf(memberOf(constraint, 'except')).flatMap((exception) => {
    const [from, to] = [memberOf(exception, 'from'), memberOf(exception, 'to')];
    const wrong = [exception, from, to].flatMap(notADay);
    if (wrong.length > 0 || dayOf(from) === undefined || dayOf(to) === undefined) return wrong;
    return String(from.value) > String(to.value) ? [backwards(from, to)] : [];
  });
}

function backwards(from: Written, to: Written): Problem {
  const message = `${quote(String(to.value))} lies before ${quote(String(from.value))}, where the exception starts`;
  return { code: 'bad_date', pointer: to.pointer, message, help: 'swap the two dates' };
}

/** A day that does not exist, such as 30 February. Other forms are for the schema to refuse. */
function notADay(written: Written): readonly Problem[] {
  const day = dayOf(written);
  if (day === undefined || day.day <= lastDay(day.year, day.month)) return [];
  const message = `${quote(String(written.value))} is not a day of the calendar`;
  return [{ code: 'bad_date', pointer: written.pointer, message, help: 'write a date that exists, as `YYYY-MM-DD`' }];
}

function dayOf({
  value,
}: Written): { readonly year: number; readonly month: number; readonly day: number } | undefined {
  const match = typeof value === 'string' ? /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.exec(value) : undefined;
  return match ? { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) } : undefined;
}

function lastDay(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
