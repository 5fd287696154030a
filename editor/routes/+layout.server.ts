import { may } from '$lib/server/person.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { person } }) => ({
  person:
    person === null
      ? null
      : {
          ...{ id: person.id, name: person.name, role: person.role },
          audits: may(person, 'audit'),
        },
});
