import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../refusal.ts';
import { http } from '$lib/words/http.ts';

/** Requests one address may send, for each node: people click, they do not hammer. */
const POINTS = 600;
const SECONDS = 60;

/** Counts requests by address in memory: each node guards itself. */
export class RequestRate {
  readonly #limiter: RateLimiterMemory;

  constructor(points: number = POINTS) {
    this.#limiter = new RateLimiterMemory({ points, duration: SECONDS });
  }

  /** Counts one. Throws Refusal when the address has used up its share. */
  async count(address: string): Promise<void> {
    try {
      await this.#limiter.consume(address);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const wait = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      throw new Refusal(429, 'too_many_requests', http.tooManyRequests(wait), { retryAfter: wait });
    }
  }
}
