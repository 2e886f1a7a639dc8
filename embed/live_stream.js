// One connection that tells what happens in threads: a stream of server-sent events, or where that is held back on its
// way, questions at intervals.
// tidy: function-length: one connection, whose parts share its state

export const EVENTS = ['comment', 'edited', 'deleted', 'votes', 'alive']
// What one address names, at most, for the servers in front of most sites.
const PAGES = 100
const ADDRESS_CHARS = 6000
// How long a stream may take to begin, and how many signs of life may be missing.
const FIRST_MS = 8000
const BEATS = 2.5
const POLL_MS = 15000
const TIMEOUT_MS = 10000
const WAIT_MS = 1000
const LONGEST_WAIT_MS = 60000
// How long a stream that was held back is not tried again; each time twice as long.
const TRIAL_MS = 60000
const LONGEST_TRIAL_MS = 960000
// What changes together makes one new stream.
const CHANGE_MS = 200

// Where somebody is who was at `last`, after what happened between two positions; before the first where the history has
// begun anew.
export const advanced = (last, from, at = from) =>
  at < from ? Math.min(last, at) : from <= last ? Math.max(last, at) : last

// Not all at once, when a server comes back to a thousand readers.
const spread = ms => ms * (0.5 + Math.random())

// What is no JSON is nothing.
const read = text => {
  try {
    return JSON.parse(text)
  } catch {}
}

// Browsers keep few connections to one host: of all that a window asks for, one is a stream.
let owner
// The endpoints whose streams are held back.
const held = new Set()

// Tells `hear` what happens in the pages of `wanted()`, a map from each to the position after which it is wanted: the
// event, its page, its JSON, the position before it and the one after it.
export const connect = ({ endpoint, site }, wanted, hear) => {
  let source, timer, quiet, changing, turn
  // The pages that are followed, and how far each has come.
  let reached = new Map()
  let wait = WAIT_MS
  let trial = TRIAL_MS
  let trialAt = 0
  let isAlive

  // As few parts as will do for all pages.
  const parts = () => {
    const all = []
    let room = 0
    for (const [page, after] of wanted()) {
      room -= String(new URLSearchParams({ page, after })).length
      if (room < 0 || all.at(-1).size === PAGES) {
        all.push(new Map())
        room = ADDRESS_CHARS
      }
      all.at(-1).set(page, after)
    }
    return all
  }

  const address = (part, wait) => {
    const url = new URL(endpoint)
    url.pathname += '/live'
    url.searchParams.set('site', site)
    for (const page of part.keys()) url.searchParams.append('page', page)
    url.searchParams.set('after', [...part.values()].join())
    if (wait) url.searchParams.set('wait', 0)
    return url
  }

  const take = (part, event, text, id) => {
    const data = read(text)
    if (!data) return
    const pages = [...part.keys()]
    const positions = id ? id.split(',').map(Number) : []
    const isKnown = positions.length === pages.length && positions.every(Number.isSafeInteger)
    const page = event === 'alive' ? '' : (data.page ?? (pages.length === 1 && pages[0]))
    const from = part.get(page)
    let at
    if (isKnown)
      pages.forEach((moved, n) => {
        const [before, after] = [part.get(moved), positions[n]]
        if (before === after) return
        part.set(moved, after)
        if (moved === page) at = after
        else hear('moved', moved, text, before, after)
      })
    if (page === '' || part.has(page)) hear(event, page, text, from ?? 0, at)
  }

  const me = {}
  const mayStream = parts => parts.length === 1 && (owner ?? me) === me
  const close = () => {
    for (const waiting of [timer, quiet]) clearTimeout(waiting)
    source?.close()
    source = turn = null
    if (owner === me) owner = null
  }
  const next = (then, ms) => {
    close()
    timer = setTimeout(then, ms)
  }

  const listen = (part, event, { data, lastEventId }) => {
    if (event === 'alive') {
      isAlive = Math.max(read(data)?.heartbeat_secs || 15, 1) * 1000 * BEATS
      held.delete(endpoint)
      wait = WAIT_MS
      trial = TRIAL_MS
    }
    clearTimeout(quiet)
    quiet = setTimeout(lose, isAlive || FIRST_MS, true)
    take(part, event, data, lastEventId)
  }

  const open = () => {
    close()
    const all = parts()
    if (!all.length) return
    if (!mayStream(all)) return poll()
    const [part] = all
    reached = part
    owner = me
    isAlive = 0
    source = new EventSource(address(part))
    for (const event of EVENTS) source.addEventListener(event, told => listen(part, event, told))
    source.onerror = () => lose(false)
    quiet = setTimeout(lose, FIRST_MS, true)
  }

  // A stream that has ended is opened again; what is silent, or does not even begin, is held back.
  const lose = isSilent => {
    wait = Math.min(2 * wait, LONGEST_WAIT_MS)
    if (isAlive && !isSilent) return next(open, spread(wait / 2))
    held.add(endpoint)
    trialAt = Date.now() + (isSilent ? trial : 0)
    if (isSilent) trial = Math.min(2 * trial, LONGEST_TRIAL_MS)
    next(poll, isSilent ? 0 : spread(wait))
  }

  const poll = async () => {
    close()
    const mine = (turn = {})
    try {
      const all = parts()
      reached = new Map(all.flatMap(part => [...part]))
      for (const part of all) {
        const answer = await fetch(address(part, true), { cache: 'no-store', signal: AbortSignal.timeout?.(TIMEOUT_MS) })
        const text = await answer.text()
        if (turn !== mine) return
        if (!answer.ok) throw answer
        takeAll(part, text)
      }
      if (all.length) mayStream(all) && trialAt <= Date.now() ? open() : next(poll, spread(POLL_MS))
    } catch {
      if (turn !== mine) return
      wait = Math.min(2 * wait, LONGEST_WAIT_MS)
      next(poll, spread(wait))
    }
  }

  // A stream that is whole.
  const takeAll = (part, text) => {
    let id
    for (const block of text.split('\n\n')) {
      const field = name => block.match(new RegExp(`^${name}: (.*)`, 'm'))?.[1]
      id = field('id') ?? id
      if (EVENTS.includes(field('event'))) take(part, field('event'), field('data'), id)
    }
  }

  // Begins, or begins anew: what was held back may come now, yet nobody waits for it.
  const start = () => {
    trialAt = 0
    held.has(endpoint) ? poll() : open()
  }

  return {
    start,
    // Where other pages are wanted, or from an earlier position.
    change() {
      clearTimeout(changing)
      changing = setTimeout(() => {
        const pages = wanted()
        const isSame = pages.size === reached.size && [...pages].every(([page, after]) => reached.get(page) <= after)
        if (!isSame) pages.size ? start() : (reached = pages, close())
      }, CHANGE_MS)
    },
    close() {
      clearTimeout(changing)
      close()
    },
  }
}
