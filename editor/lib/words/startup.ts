/** What the server prints when it starts. */
export const startup = {
  setUp: (link: string): string => `
  Nobody has an account here yet. Open this link once to make the first one:

    ${link}

`,
  failed: (reason: string): string => `Latchkey cannot start: ${reason}\n`,
  originMissing: (host: string): string =>
    `The server listens on ${host}, where others can reach it. Say by which address they do: set LATCHKEY_ORIGIN, such as https://latchkey.example.org.`,
  originWrong: (text: string): string =>
    `LATCHKEY_ORIGIN is \`${text}\`, which is no origin. Give scheme and host, such as https://latchkey.example.org.`,
} as const;
