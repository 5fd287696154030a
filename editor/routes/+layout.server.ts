import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { person } }) => ({
  person: person === null ? null : { id: person.id, name: person.name, role: person.role },
});
