// Follows what happens in a thread, by server-sent events: once each, in their order, without a gap. Nobody listens in
// a tab that is not seen.

const EVENTS = ['comment', 'edited', 'deleted', 'votes']
const WAIT_MS = 1000
const LONGEST_WAIT_MS = 60000

// Tells `heard` every event after `after`; answers what ends it.
export const follow = ({ endpoint, site, page, after }, heard) => {
  const url = new URL(endpoint)
  url.pathname += '/live'
  let source, timer
  let last = after
  let wait = WAIT_MS

  const open = () => {
    close()
    if (document.hidden) return
    for (const [name, value] of Object.entries({ site, page, after: last })) url.searchParams.set(name, value)
    source = new EventSource(url)
    for (const event of EVENTS)
      source.addEventListener(event, ({ data, lastEventId }) => {
        last = lastEventId || last
        heard(event, JSON.parse(data))
      })
    source.onopen = () => (wait = WAIT_MS)
    source.onerror = () => {
      close()
      // Not all at once, when a server comes back to a thousand readers.
      timer = setTimeout(open, wait * (0.5 + Math.random()))
      wait = Math.min(2 * wait, LONGEST_WAIT_MS)
    }
  }
  const close = () => {
    clearTimeout(timer)
    source?.close()
  }

  document.addEventListener('visibilitychange', open)
  addEventListener('online', open)
  open()
  return () => {
    close()
    document.removeEventListener('visibilitychange', open)
    removeEventListener('online', open)
  }
}
