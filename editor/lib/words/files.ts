/** What is said when policies move between a folder and the store. */
export const fileWords = {
  imported: 'Imported from the policies folder when this store was new.',
  pushed: 'Pushed from a policies folder.',
  notUtf8: (file: string) =>
    `${file} is not UTF-8 text, so it cannot be kept as it is. Save it as UTF-8 and try again; nothing was changed.`,
  invalid: (file: string, count: number) =>
    `${file} has ${count === 1 ? 'an error' : `${count} errors`}. Run \`npx latchkey check ${file}\` to see ${count === 1 ? 'it' : 'them'}.`,
  otherPolicy: (file: string, id: string) =>
    `${file} is the policy ‘${id}’ by its own words. Move it to the folder of that name, or change its "id".`,
  otherVersion: (file: string, version: number) =>
    `${file} is version ${version} by its own words. Rename it to ${version}.json, or change its "version".`,
};
