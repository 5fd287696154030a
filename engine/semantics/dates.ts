/** Dates in the right form that no calendar has. */
import { quote, type Problem } from '../problem.ts';
import { memberOf, type Written } from './written.ts';

/** A day that does not exist, such as 30 February. Other forms are for the schema to refuse. */
export function notADate(document: Written): readonly Problem[] {
  const { value, pointer } = memberOf(memberOf(document, 'notes'), 'reviewBy');
  const match = typeof value === 'string' ? /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.exec(value) : null;
  if (match === null || Number(match[3]) <= lastDay(Number(match[1]), Number(match[2]))) return [];
  const message = `${quote(match[0])} is not a day of the calendar`;
  return [{ code: 'bad_date', pointer, message, help: 'write a date that exists, as `YYYY-MM-DD`' }];
}

function lastDay(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
