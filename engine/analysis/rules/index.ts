/** The registry: a rule is its file and one line here. */
import type { Rule } from '../finding.ts';
import type { LintCode } from '../../diagnostic.ts';
import { longStepUp } from './long-step-up.ts';
import { longWindow } from './long-window.ts';
import { offlinePrivilegeCreep } from './offline-privilege-creep.ts';
import { personalData } from './personal-data.ts';
import { redundantConstraint } from './redundant-constraint.ts';
import { reviewOverdue } from './review-overdue.ts';
import { scheduleGap } from './schedule-gap.ts';
import { tierOrder } from './tier-order.ts';
import { unprovenSchedule } from './unproven-schedule.ts';
import { unusedCondition, unusedFact } from './unused-name.ts';
import { unusedTier } from './unused-tier.ts';

/** Every rule by the code that it gives. */
export const RULES: Readonly<Record<LintCode, Rule>> = {
  offline_privilege_creep: offlinePrivilegeCreep,
  redundant_constraint: redundantConstraint,
  tier_order: tierOrder,
  long_window: longWindow,
  schedule_gap: scheduleGap,
  unproven_schedule: unprovenSchedule,
  long_step_up: longStepUp,
  personal_data: personalData,
  review_overdue: reviewOverdue,
  unused_fact: unusedFact,
  unused_condition: unusedCondition,
  unused_tier: unusedTier,
};
