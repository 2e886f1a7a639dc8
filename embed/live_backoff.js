// How long a connection waits before it is tried again: each time twice as long, until it is alive.

const WAIT_MS = 1000
const LONGEST_WAIT_MS = 60000
// How long a stream that was held back is not tried again.
const TRIAL_MS = 60000
const LONGEST_TRIAL_MS = 960000

// Not all at once, when a server comes back to a thousand readers.
export const spread = ms => ms * (0.5 + Math.random())

export class Backoff {
  #wait = WAIT_MS
  #trial = TRIAL_MS
  #trialAt = 0

  reset() {
    this.#wait = WAIT_MS
    this.#trial = TRIAL_MS
  }

  // Returns how long to wait after one failure more.
  grow() {
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT_MS)
    return this.#wait
  }

  // A stream that was silent is tried later each time, one that did not begin at the next turn.
  postponeTrial(isSilent) {
    this.#trialAt = Date.now() + (isSilent ? this.#trial : 0)
    if (isSilent) this.#trial = Math.min(2 * this.#trial, LONGEST_TRIAL_MS)
  }

  allowTrial() {
    this.#trialAt = 0
  }

  get isTrialDue() {
    return this.#trialAt <= Date.now()
  }
}
