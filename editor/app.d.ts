import type { SignedIn } from '$lib/server/accounts/index.ts';
import type { Running } from '$lib/server/running.ts';

declare global {
  namespace App {
    interface Locals {
      /** Who asks; null when nobody is signed in. */
      person: SignedIn | null;
      server: Running;
      /** Stands in the log and in what a person is told when something breaks. */
      requestId: string;
    }
    interface Error {
      message: string;
    }
  }
}
