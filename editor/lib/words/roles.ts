/** What each role is called and may do. */
const ROLES: Readonly<Record<string, { readonly name: string; readonly may: string }>> = {
  viewer: { name: 'Viewer', may: 'Reads policies and plays timelines.' },
  auditor: { name: 'Auditor', may: 'Reads everything, history and evidence included, and changes nothing.' },
  author: { name: 'Author', may: 'Writes policies and submits them for review.' },
  approver: { name: 'Approver', may: 'Writes, reviews what others wrote, and publishes.' },
  admin: {
    name: 'Administrator',
    may: 'Does everything here: also lets people in, gives roles and looks after settings.',
  },
};

/** For a list to choose from, from least to most. */
export const roleChoices = Object.entries(ROLES).map(([value, { name, may }]) => ({ value, name, may }));

export const roleName = (role: string): string => ROLES[role]?.name ?? role;
export const roleMay = (role: string): string => ROLES[role]?.may ?? '';
