/** Facts named after personal data: conditions should not need it, and decisions and logs would carry it. */
import { pointerTo } from '../../json-pointer.ts';
import { quote } from '../../problem.ts';
import type { Rule, Suspicion } from '../finding.ts';

const PERSONAL = new Set(
  (
    'email mail phone telephone tel mobile cellphone fax address street postcode postal zip birth birthday birthdate dob ' +
    'age gender sex religion ethnicity race nationality citizenship ssn passport iban salary health diagnosis ' +
    'username firstname lastname fullname surname nickname forename'
  ).split(' '),
);
/** Before `name` these make it a person’s. */
const OF_PEOPLE = new Set(
  'first last full given family middle maiden user person display real customer patient employee client contact'.split(
    ' ',
  ),
);

export const personalData: Rule = ({ policy }) =>
  Object.keys(policy.facts).flatMap((name): readonly Suspicion[] => {
    const word = personalWord(name);
    if (word === undefined) return [];
    const message = `the fact ${quote(name)} sounds like personal data (${quote(word)})`;
    const help = 'hand over what the rule needs to know instead, such as `is_adult` for a date of birth';
    return [{ code: 'personal_data', pointer: pointerTo('/facts', name), at: 'key', message, help }];
  });

function personalWord(name: string): string | undefined {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  return words.find((word, index) => {
    if (PERSONAL.has(word) || PERSONAL.has(word.replace(/s$/, ''))) return true;
    return word === 'name' && (words.length === 1 || OF_PEOPLE.has(words[index - 1] ?? ''));
  });
}
