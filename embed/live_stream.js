// One connection that tells what happens in threads: a stream of server-sent events, or where that is held back on its
// way, questions at intervals.

import { partsOf, pollOf, streamOf } from './live_address.js'
import { Backoff, spread } from './live_backoff.js'
import { EVENTS, eventsOf, parse } from './live_events.js'

// How long a stream may take to begin, and how many signs of life may be missing.
const FIRST_MS = 8000
const BEATS = 2.5
const POLL_MS = 15000
const TIMEOUT_MS = 10000
// What changes together makes one new stream.
const CHANGE_MS = 200

// Browsers keep few connections to one host: of all that a window asks for, one is a stream.
let owner
// The endpoints whose streams are held back.
const held = new Set()

// The position after an event in each page, where all are told.
const positionsOf = (id, pages) => {
  const positions = id ? id.split(',').map(Number) : []
  return positions.length === pages.length && positions.every(Number.isSafeInteger) ? positions : []
}

class Connection {
  #about
  #wanted
  #hear
  #source
  #timer
  #quiet
  #changing
  #turn
  // The pages that are followed, and how far each has come.
  #reached = new Map()
  #backoff = new Backoff()
  // How long it may be silent, once it is known to be alive.
  #silence

  constructor(about, wanted, hear) {
    this.#about = about
    this.#wanted = wanted
    this.#hear = hear
  }

  // Begins, or begins anew: what was held back may come now, yet nobody waits for it.
  start() {
    this.#backoff.allowTrial()
    held.has(this.#about.endpoint) ? this.#poll() : this.#open()
  }

  // Where other pages are wanted, or from an earlier position.
  change() {
    clearTimeout(this.#changing)
    this.#changing = setTimeout(() => {
      const [pages, reached] = [this.#wanted(), this.#reached]
      if (pages.size === reached.size && [...pages].every(([page, after]) => reached.get(page) <= after)) return
      if (pages.size) return this.start()
      this.#reached = pages
      this.#end()
    }, CHANGE_MS)
  }

  close() {
    clearTimeout(this.#changing)
    this.#end()
  }

  #end() {
    for (const waiting of [this.#timer, this.#quiet]) clearTimeout(waiting)
    this.#source?.close()
    this.#source = this.#turn = null
    if (owner === this) owner = null
  }

  #next(then, ms) {
    this.#end()
    this.#timer = setTimeout(then, ms)
  }

  #mayStream(parts) {
    return parts.length === 1 && (owner ?? this) === this
  }

  #open() {
    this.#end()
    const parts = partsOf(this.#wanted())
    if (!parts.length) return
    if (!this.#mayStream(parts)) return this.#poll()
    const [part] = parts
    this.#reached = part
    owner = this
    this.#silence = 0
    this.#source = new EventSource(streamOf(this.#about, part))
    for (const event of EVENTS) this.#source.addEventListener(event, told => this.#listen(part, event, told))
    this.#source.onerror = () => this.#lose(false)
    this.#quiet = setTimeout(() => this.#lose(true), FIRST_MS)
  }

  #listen(part, event, { data, lastEventId }) {
    if (event === 'alive') {
      this.#silence = Math.max(parse(data)?.heartbeat_secs || 15, 1) * 1000 * BEATS
      held.delete(this.#about.endpoint)
      this.#backoff.reset()
    }
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => this.#lose(true), this.#silence || FIRST_MS)
    this.#take(part, { event, text: data, id: lastEventId })
  }

  // A stream that has ended is opened again; what is silent, or does not even begin, is held back.
  #lose(isSilent) {
    const wait = this.#backoff.grow()
    if (this.#silence && !isSilent) return this.#next(() => this.#open(), spread(wait / 2))
    held.add(this.#about.endpoint)
    this.#backoff.postponeTrial(isSilent)
    this.#next(() => this.#poll(), isSilent ? 0 : spread(wait))
  }

  async #poll() {
    this.#end()
    const turn = (this.#turn = {})
    const isOver = () => this.#turn !== turn
    try {
      const parts = partsOf(this.#wanted())
      this.#reached = new Map(parts.flatMap(part => [...part]))
      for (const part of parts) {
        await this.#ask(part, isOver)
        if (isOver()) return
      }
      if (!parts.length) return
      if (this.#mayStream(parts) && this.#backoff.isTrialDue) this.#open()
      else this.#next(() => this.#poll(), spread(POLL_MS))
    } catch {
      if (!isOver()) this.#next(() => this.#poll(), spread(this.#backoff.grow()))
    }
  }

  async #ask(part, isOver) {
    const signal = AbortSignal.timeout?.(TIMEOUT_MS)
    const answer = await fetch(pollOf(this.#about, part), { cache: 'no-store', signal })
    const text = await answer.text()
    if (isOver()) return
    if (!answer.ok) throw answer
    for (const event of eventsOf(text)) this.#take(part, event)
  }

  // Tells an event, and which other pages have moved on with it. `part` is a map from pages to the positions that they have
  // come to.
  #take(part, { event, text, id }) {
    const data = parse(text)
    if (!data) return
    const pages = [...part.keys()]
    const page = event === 'alive' ? '' : (data.page ?? (pages.length === 1 && pages[0]))
    const from = part.get(page)
    let at
    for (const [n, after] of positionsOf(id, pages).entries()) {
      const moved = pages[n]
      const before = part.get(moved)
      if (before === after) continue
      part.set(moved, after)
      if (moved === page) at = after
      else this.#hear('moved', moved, text, before, after)
    }
    if (page === '' || part.has(page)) this.#hear(event, page, text, from ?? 0, at)
  }
}

// Tells `hear` what happens in the pages of `wanted()`, a map from each to the position after which it is wanted: the
// event, its page, its JSON, the position before it and the one after it.
export const connect = (about, wanted, hear) => new Connection(about, wanted, hear)
