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
  badTimelineName: (file: string) =>
    `${file} cannot name a timeline. Use letters, digits, spaces, dots, ‘_’ and ‘-’, at most 100 characters before .json.`,
  published: (file: string, next: string) =>
    `${file} differs from what was published, and a published version is never changed. Save your text as ${next} with its version raised, and take the published text back with \`latchkey-server pull --force\`.`,
  tooLow: (file: string, highest: number) =>
    `${file} is older than version ${highest}, which is published. Raise its version above ${highest}.`,
  localChanges: (files: readonly string[]) =>
    `These files hold text that the store never had, so nothing was written: ${files.join(', ')}. Push them first, or pull with --force to lose them.`,
  unknownPusher: (id: string) =>
    `Nobody with an active account has the id or the address ‘${id}’. Name somebody else, or leave --by out.`,
  reasonMissing: 'Say why these policies change: --reason "…". Reviewers and auditors read it.',
  notAllowed: 'This role may not submit policies. Push as an author, an approver or an admin.',
};
