/** A policy that people wanted to look at again by a day that is over. */
import { quote } from '../../problem.ts';
import type { Rule } from '../finding.ts';

export const reviewOverdue: Rule = ({ policy: { reviewBy }, today }) =>
  reviewBy === undefined || today <= reviewBy
    ? []
    : [
        {
          code: 'review_overdue',
          pointer: '/notes/reviewBy',
          message: `this policy was to be looked at again by ${quote(reviewBy)}`,
          help: 'look whether it still says what you want, then write the next date',
        },
      ];
