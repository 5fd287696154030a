/** What the server says to those it refuses, and to logs that people read. */
export const http = {
  notChosen: 'Nothing was chosen. Choose one and send it again.',
  notSignedIn: 'Sign in first.',
  notAllowed: 'Your role does not allow this. Ask an administrator for another role.',
  secondFactorFirst: 'Your role needs a second factor on this installation. Set one up under your account first.',
  notFound: 'There is nothing at this address.',
  otherOrigin: 'This request came from another site. Reload the page and try again.',
  jsonExpected: 'Send JSON, with the content type application/json.',
  noJson: 'The request holds no JSON object.',
  malformedDraft: 'This is no draft: it needs text, timelines with name and text, and lockVersion.',
  tooLarge: 'The request is too large. A policy may have 1 MiB.',
  tooDeep: 'The request is nested too deeply.',
  documentTooDeep: 'Lists and objects are nested more than 128 deep. No policy and no timeline needs that.',
  tooManyRequests: (seconds: number): string => `Too many requests. Try again in ${seconds} s.`,
  storeAway: 'The store does not answer at the moment. Nothing is lost; try again shortly.',
  storeFull: 'The store has no room left. Nothing was changed; ask an administrator to make room.',
  storeUnwritable:
    'The store cannot be written to. Nothing was changed; ask an administrator to look at its disk and its rights.',
  back: 'Go back',
  broken: (id: string): string => `Something went wrong here. It is in the server’s log under ${id}.`,
} as const;
