// The windows that follow the one with the connection: the pages of each, how far it has come, and whether it is still there.

import { advanced } from './live_events.js'
import { pagesOf } from './live_messages.js'

const WINDOWS = 50
// How many beats a window may say nothing.
const BEATS = 3

export class Windows {
  #others = new Map()

  // Returns whether there is room for it. With `isNew`, its positions hold, whatever is known of them.
  add(id, wanted, isNew) {
    const known = this.#others.get(id)?.pages
    if (!known && this.#others.size === WINDOWS) return false
    this.#others.set(id, { pages: pagesOf(wanted, isNew ? null : known), beats: 0 })
    return true
  }

  remove(id) {
    return this.#others.delete(id)
  }

  clear() {
    this.#others.clear()
  }

  // Counts a beat of the connection.
  beat() {
    for (const [id, other] of this.#others) if (++other.beats > BEATS) this.#others.delete(id)
  }

  // The pages of `own` and of all windows, each from the earliest position.
  wanted(own) {
    for (const { pages } of this.#others.values())
      for (const [page, last] of pages) own.set(page, Math.min(last, own.get(page) ?? last))
    return own
  }

  // Notes that all have come from one position of a page to another.
  advance(page, from, at) {
    for (const { pages } of this.#others.values()) if (pages.has(page)) pages.set(page, advanced(pages.get(page), from, at))
  }
}
