// One connection for all windows of an origin: whoever holds a lock keeps it, and tells the others what it hears. Each
// window knows how far it has come, so that nothing is lost when another one takes over.
// tidy: function-length: one channel, whose parts share its state

import { EVENTS, advanced, connect } from './live_stream.js'

// Another form of the messages has another name.
const NAME = 'dumka live 2'
const BEAT_MS = 10000
// A window that leads and says nothing for so long is stuck; one that follows, after so many beats.
const DEAF_MS = 25000
const FIRST_DEAF_MS = 5000
const BEATS = 3
// Anybody on the page can post: what is kept is bounded.
const WINDOWS = 50
const PAGES = 100
const PAGE_CHARS = 2048

const isPosition = it => Number.isSafeInteger(it) && it >= 0
const isPage = it => typeof it === 'string' && it.length <= PAGE_CHARS
const isWanted = it => Array.isArray(it) && isPage(it[0]) && it[0].trim() && isPosition(it[1])
const isObject = it => typeof it === 'object' && it !== null

export const share = (about, wanted, hear) => {
  const name = [NAME, about.endpoint, about.site].join(' ')
  const me = String(Math.random())
  // The windows that follow this one: the pages of each, how far it has come, and the beats since it was heard.
  const others = new Map()
  let channel, line, wish, free, deaf, beating

  const say = message => channel?.postMessage({ window: me, ...message })
  // `isNew`: these are the positions, whatever is known of them.
  const want = isNew => say({ wanted: [...wanted()], isNew })

  const all = () => {
    const pages = wanted()
    for (const other of others.values())
      for (const [page, last] of other.pages) pages.set(page, Math.min(last, pages.get(page) ?? last))
    return pages
  }

  const tell = (event, page, data, from, at) => {
    say({ event, page, data, from, at })
    for (const { pages } of others.values()) if (pages.has(page)) pages.set(page, advanced(pages.get(page), from, at))
    hear(event, page, data, from, at)
  }

  const beat = () => {
    for (const [id, other] of others) if (++other.beats > BEATS) others.delete(id)
    line.change()
    say({ leads: true, asks: true })
  }

  const listen = ms => {
    clearTimeout(deaf)
    deaf = setTimeout(lead, ms * (1 + Math.random() / 2), true)
  }

  const lead = isStuck => {
    wish?.abort()
    const mine = (wish = new AbortController())
    const { signal } = mine
    const held = () => {
      if (signal.aborted) return
      begin()
      return new Promise(done => (free = done))
    }
    const over = () => {
      if (wish !== mine || signal.aborted) return
      if (!line) return begin() // nobody gives locks here, as in a sandbox
      // Another window thought that this one was stuck.
      resign()
      lead()
      listen(DEAF_MS)
      want(true)
    }
    navigator.locks.request(name, isStuck ? { steal: true } : { signal }, held).then(over, over)
  }

  const begin = () => {
    clearTimeout(deaf)
    line = connect(about, all, tell)
    beating = setInterval(beat, BEAT_MS)
    beat()
  }

  const resign = () => {
    line?.close()
    line = null
    clearInterval(beating)
    others.clear()
    free?.()
  }

  const follow = (id, pages, isNew) => {
    const known = others.get(id)?.pages
    if (!known && others.size === WINDOWS) return
    const valid = pages.slice(0, PAGES).filter(isWanted)
    others.set(id, { pages: new Map(valid.map(([page, at]) => [page, isNew ? at : (known?.get(page) ?? at)])), beats: 0 })
    line.change()
    if (isNew) say({ leads: true })
  }

  const receive = ({ data: message }) => {
    if (!isObject(message) || typeof message.window !== 'string') return
    const { window: id, wanted, isNew, isGone, leads, asks, event, page, data, from, at } = message
    if (line) {
      if (Array.isArray(wanted)) follow(id, wanted, isNew)
      if (isGone && others.delete(id)) line.change()
    } else if (leads) {
      listen(DEAF_MS)
      if (asks) want()
    } else if ([...EVENTS, 'moved'].includes(event) && isPage(page) && typeof data === 'string' && isPosition(from)) {
      if (at === undefined || isPosition(at)) hear(event, page, data, from, at)
    }
  }

  return {
    start() {
      channel = new BroadcastChannel(name)
      channel.onmessage = receive
      lead()
      listen(FIRST_DEAF_MS)
      want(true)
    },
    change() {
      line ? line.change() : want(true)
    },
    close() {
      clearTimeout(deaf)
      wish.abort()
      resign()
      say({ isGone: true })
      channel.close()
    },
  }
}
