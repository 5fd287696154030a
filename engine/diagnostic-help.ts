/** For each code that a document can give: what it means and what to do. */
import type { DiagnosticCode } from './diagnostic.ts';

export const DIAGNOSTIC_HELP: Readonly<Record<DiagnosticCode, string>> = {
  invalid_json:
    'The text is not JSON. Keys and text stand in double quotes, members are separated by commas, and there are no comments and no comma before a closing bracket.',
  cap_exceeded:
    'A limit of the language is passed: 1 MiB of text, groups 16 deep, 10,000 capabilities, durations of 3650 days, 100,000 conditions with references written out.',
  duplicate_key: 'A key stands twice in one object, so one of the two values would be lost. Keep one.',
  forbidden_key:
    'The keys `__proto__`, `constructor` and `prototype` are not allowed anywhere, because careless programs can be led astray by them. Choose another name.',
  unsafe_integer:
    'The number is beyond 9007199254740991, above which programs no longer keep integers exactly. Write a smaller one.',
  unknown_key:
    'The object has a key that the language does not know. Nothing is ignored: correct the spelling or remove the key.',
  missing_key: 'Something that must be there is not. Add the key that the message names.',
  conflicting_keys: 'Keys that exclude each other stand in one object. Keep the one you mean.',
  wrong_type:
    'The value is of another type than the key asks for: text for a number, one value for a list. Write it as the help of the message says.',
  unknown_value: 'The value is not one of the words that may stand here. Use one that the message names.',
  out_of_range: 'The number or duration is smaller or larger than allowed here.',
  bad_id:
    'An id or a name has characters that it may not have, is too long, or belongs to a fact that is built in. Ids of policies and capabilities are lower case; those of tiers and the names of facts and conditions start with a letter.',
  duplicate_id: 'Two tiers or two capabilities have the same id, so nobody could tell which is meant. Rename one.',
  duplicate_value: 'A list has the same entry twice. Remove one.',
  bad_duration:
    'Durations are whole numbers with the units `d`, `h`, `m`, `s`, `ms`, each at most once and in that order: `7d`, `48h`, `1d12h`, `90s`, `250ms`. They are never zero.',
  bad_time: 'Times of day are written `HH:MM`, from `00:00` to `23:59`; `24:00` may only end a window.',
  bad_date: 'Dates are written `YYYY-MM-DD` and must exist in the calendar.',
  empty_window:
    'The window starts and ends at the same time, so it would never open. For a whole day write `00:00` to `24:00`.',
  empty_list: 'The list must have at least one entry. To ask for nothing, leave the key out.',
  empty_group: 'The group has no members, so it says nothing. Put a constraint in, or remove the group.',
  unknown_kind:
    'The constraint is of a kind that the language does not know. It is never skipped: correct the spelling.',
  unknown_tier: 'A tier is named that the policy does not have. Correct the name, or add the tier.',
  unknown_zone:
    'The time zone is not one of the IANA database. Write a name such as `Europe/Berlin`; offsets such as `+01:00` do not follow the clocks of any place.',
  unknown_fact: 'The condition reads a fact that is neither built in nor declared in `facts`.',
  unknown_operator: 'The condition uses an operator that the language does not know.',
  unknown_condition: 'The condition refers to a name that `conditions` does not have.',
  unknown_amr: 'The authentication method is not one of RFC 8176, such as `face`, `fpt`, `pin`, `pwd`, `otp` or `hwk`.',
  condition_cycle: 'Named conditions refer to each other in a circle, so none of them could be judged.',
  bad_path: 'The path into a fact is not of the form `$[0]`, or the fact is not a list.',
  type_mismatch: 'Values of different types are compared. Compare text with text, numbers with numbers.',
  device_zone_not_allowed:
    'A schedule in the device’s own time zone is for reads of public and internal data only: the person can change that zone.',
  read_only_not_allowed:
    '`readOnly` without a snapshot is for writes. Where the constraint also applies to a read, write `deny`.',
  state_opens_sensitive_tier:
    'Without a valid session only tiers that are `public` or `internal` may stay open. A tier that does not say its sensitivity counts as `restricted`.',
  enqueue_needs_server_bound:
    'Only what the server carries out can be queued for it. Add `"serverBound": true`, or leave `offline` out.',
  unsatisfiable: 'The rules contradict each other, so the capability could never be permitted. Loosen one of them.',
  bad_instant:
    'Dates with times are written as in `2026-03-02T08:00:00+01:00`, with the offset from UTC, and must exist in the calendar.',
  unknown_event: 'The timeline has an event of a type that is not known.',
  unknown_policy: 'The timeline names a policy, or a version of one, that is not there.',
  unknown_capability:
    'No version of the policy that the timeline plays lists this capability. Check the spelling of its id.',
  event_out_of_order: 'Events stand in the order in which they happen. Move the event, or correct its time.',
  event_after_end: 'The event lies at or after the end of the timeline. Move it, or let the timeline end later.',
  confirmation_offline:
    'Signing in and refreshing need the server, and the device is not online at that moment. Go online first.',
  too_many_tokens:
    'The account signed in elsewhere so often that the provider has dropped this device’s token: the refresh would be refused.',
  bad_version: 'A version that is activated must be there and may not be lower than the one in force.',
  offline_privilege_creep:
    'What is sensitive should not stay open offline for ever: whoever leaves the company keeps it until the server is asked again. Require a `maxAge` of `serverConfirmation`, or `online`. In an `anyOf` every branch needs one, because people take the easiest.',
  redundant_constraint:
    'Another constraint that always applies with this one asks for as much or more, so this one never decides anything. Remove it, so that readers do not take it for the limit.',
  tier_order:
    'Tiers stand from low to high risk, and more risk should mean a shorter time without the server. Shorten the time of the higher tier, or change the order.',
  long_window:
    'After two weeks without the server people have left, roles have changed and devices are lost, and nobody could tell the app. Allow 14 days at most.',
  schedule_gap:
    'When clocks go forward, some minutes of that night do not exist, and a window that lies wholly in them never opens. Make the window longer, or accept that it stays closed once a year.',
  unproven_schedule:
    'A person can turn the clock of a device. Until the server is heard again the app cannot prove the hour, and a schedule alone believes the device. Require `clock` `proven` beside it for confidential writes.',
  long_step_up:
    'The server must be asked sooner than the proof runs out, so its limit hardly ever matters. Let a proof count for a shorter time than people may go on without the server.',
  personal_data:
    'Facts travel with every request and show up in logs and explanations. Do not name people: hand over the yes or no that the rule needs.',
  review_overdue:
    'The date in `notes.reviewBy` is over. Look whether the policy still says what you want, and write the next date.',
  unused_fact: 'The fact is declared and no condition reads it. Remove it, or use it in a condition.',
  unused_condition: 'The condition has a name and nothing refers to it. Remove it, or use it in a `when`.',
  unused_tier: 'No capability is in the tier, so it protects nothing. Remove it, or put a capability into it.',
  unreadable_file: 'The file is not there, or may not be read.',
};
