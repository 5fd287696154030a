/** What is said when a store is backed up, restored or moved. */
export const copyWords = {
  noStore: 'There is no store in it yet: nothing was ever written there.',
  noStoreIn: (folder: string) =>
    `There is no store in ${folder}. Name the data folder with --data, or start the server once to make one.`,
  noFile: (file: string) => `There is no file ${file}.`,
  fileExists: (file: string) => `${file} is there already and is not overwritten. Name another file.`,
  storeThere: (folder: string) =>
    `There already is a store in ${folder}, and it is not overwritten. Name an empty folder with --data, or move the old one away.`,
  databaseNotEmpty: 'The database is not empty, and nothing in it is overwritten. Make an empty one and name that.',
  damaged: 'The file is damaged: SQLite cannot read all of it. Nothing was changed; use another backup.',
  noBackup: 'The file is no backup that `latchkey-server backup` made.',
  newerBackup: 'A newer version of Latchkey made this backup. Restore it with that version.',
  altered: (tables: readonly string[]) =>
    `The backup is not what it was when it was made${tables.length === 0 ? '' : ` (${tables.join(', ')})`}. Nothing was changed; use another backup.`,
  notVerified: (count: number, places: readonly string[]) =>
    `The history does not verify in ${count === 1 ? 'one place' : `${count} places`}: ${places.join(', ')}${count > places.length ? ', …' : ''}. Nothing was changed. Find out who altered it; --despite-problems copies it as it is.`,
  differs: (tables: readonly string[]) =>
    `The copy is not equal to its source (${tables.join(', ')}), so it is not used. Run the command again; if it stays, report it.`,
  copiedElsewhere:
    'Another command is copying into this database right now. Let it end, or stop it and run this again.',
  storeInUse:
    'Somebody wrote to the store during the move, so the copy is out of date. Stop the server, then run the move again.',
};
