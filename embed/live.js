// Follows what happens in the threads of a page that are near the view: one stream for all of them, shared with the other
// windows of the origin where the browser can. Nobody listens in a window that is not seen.

import { advanced } from './live_events.js'
import { connect } from './live_stream.js'
import { page as hostPage } from './page.js'

// A thread is followed from one height of the window away.
const NEAR = '100% 0px'
const LEAVING = /pagehide|freeze/

const groups = new Map()

const PAGE_EVENTS = [[hostPage, 'visibilitychange', 'freeze', 'resume'], [self, 'online', 'pagehide', 'pageshow']]

// The pages to be told of, and after which position each.
const wantedPages = threads => {
  const pages = new Map()
  for (const { page, last, isNear } of threads) if (isNear) pages.set(page, Math.min(last, pages.get(page) ?? last))
  return pages
}

// Threads of one site at one endpoint.
const group = about => {
  const threads = new Set()
  const wanted = () => wantedPages(threads)

  // What happened between two positions of a page. An event whose end is not told is one of several that end together.
  const hear = (event, page, data, from, at) => {
    for (const thread of threads) {
      if (event === 'alive') thread.widget.on_live_event(event, data)
      if (thread.page !== page || !thread.isNear) continue
      // What came before is still to come, or this has come already.
      const isNext = from <= thread.last && !(at <= thread.last)
      thread.last = advanced(thread.last, from, at)
      if (isNext && event !== 'moved') thread.widget.on_live_event(event, data)
    }
  }

  let line, shared, isAway
  const alone = { share: connect }
  const join = async () => {
    const canShare = navigator.locks && self.BroadcastChannel
    shared ??= canShare ? import('./live_shared.js').catch(() => alone) : alone
    const { share } = await shared
    if (line || isAway || hostPage.hidden || !threads.size) return
    line = share(about, wanted, hear)
    line.start()
  }
  const leave = () => {
    line?.close()
    line = null
  }
  const anew = ({ type, persisted }) => {
    if (type === 'pageshow' && !persisted) return // it begins as any page does
    isAway = LEAVING.test(type)
    leave()
    join()
  }

  const setPageListeners = does => {
    for (const [place, ...types] of PAGE_EVENTS) for (const type of types) place[does + 'EventListener'](type, anew)
  }

  return {
    add(thread) {
      threads.add(thread)
      if (threads.size === 1) setPageListeners('add')
      line ? line.change() : join()
    },
    change: () => line?.change(),
    remove(thread) {
      threads.delete(thread)
      if (threads.size) return line?.change()
      setPageListeners('remove')
      leave()
    },
  }
}

// One observer for each subscription, as an element may have an older one that ends later.
const observe = (host, tell) => {
  if (!self.IntersectionObserver) return
  const near = new IntersectionObserver(seen => tell(seen.at(-1).isIntersecting), { rootMargin: NEAR })
  near.observe(host)
  return near
}

// Tells `widget` every event of its thread after the position `after`, its name and its JSON, once each, in their order,
// without a gap; answers what ends it.
export const subscribe = ({ endpoint, site, page, after, host }, widget) => {
  const key = endpoint + ' ' + site
  if (!groups.has(key)) groups.set(key, group({ endpoint, site }))
  const { add, change, remove } = groups.get(key)
  const thread = { page, last: +after || 0, widget, isNear: !self.IntersectionObserver }
  add(thread)
  const near = observe(host, isNear => {
    thread.isNear = isNear
    change()
  })
  return () => {
    near?.disconnect()
    remove(thread)
  }
}
