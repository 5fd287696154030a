/** What the server prints when it starts. */
export const startup = {
  setUp: (link: string): string => `
  Nobody has an account here yet. Open this link once to make the first one:

    ${link}

`,
  failed: (reason: string): string => `Latchkey cannot start: ${reason}\n`,
  hostMissing:
    'HOST is not set, so others could reach the server before it knows about them. Start it with `latchkey-server start` (or `npm start`), which listens on this machine alone, or set HOST to the address to listen on.',
  originMissing: (host: string): string =>
    `The server listens on ${host}, where others can reach it. Say by which address they do: set LATCHKEY_ORIGIN, such as https://latchkey.example.org.`,
  originWrong: (text: string): string =>
    `LATCHKEY_ORIGIN is \`${text}\`, which is no origin. Give scheme and host, such as https://latchkey.example.org.`,
  keyDamaged: (file: string): string =>
    `${file} holds no whole key to sign checkpoints with: something stopped it from being written, or altered it since. Bring the file back from a backup made --with-key. Where there is none, move it away and start again: a new key is made, and auditors need its public half, which \`latchkey-server key\` prints.`,
  secretDamaged: (file: string): string =>
    `${file} holds no whole secret: something stopped it from being written, or altered it since. Bring the file back from a backup made --with-key. Where there is none, move it away and start again: a new secret is made, everybody signs in again, and second factors are set up anew.`,
  secretShort: (least: number): string =>
    `LATCHKEY_SECRET must hold at least ${least} characters, such as \`openssl rand -base64 32\` prints.`,
} as const;
