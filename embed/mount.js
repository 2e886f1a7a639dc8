// Mounts a widget with what it needs of the page besides its element, and keeps what it has drawn.

import { keep } from './drawn.js'
import { guard } from './guard.js'
import { clockOf } from './list.js'
import { storage } from './storage.js'
import { giveUp, leave } from './supervisor.js'
import { watchOver } from './surroundings.js'

// A file that one can do without: it may not come, or the page is gone by then.
const spare = (name, use) => import(new URL(name, import.meta.url).href).then(use, () => {})

export const mount = (thread, glue, given) => {
  let deaf, ended
  const listen = after =>
    spare('live.js', ({ subscribe }) => {
      if (ended) return
      deaf?.()
      deaf = subscribe({ ...given[2], after, host: given[0] }, widget)
    })
  // A fragment that begins so is the route of a page that keeps it there.
  const copy = id => navigator.clipboard?.writeText(location.href.replace(/#(?![/!]).*/, '') + '#comment-' + id)
  const widget = glue.mount(...given, { listen, copy, storage, ...clockOf(given[2].lang) })
  const end = () => {
    ended = true
    deaf?.()
    for (const stop of mounted.stops) stop()
  }
  const discard = () => {
    if (ended) return
    end()
    // Yew holds on to the element into which it has drawn.
    for (const type of thread.READER_EVENTS) given[1].removeEventListener(type, thread.onReaderEvent, true)
    widget.unmount()
    given[1].remove()
  }
  const unmount = () => {
    if (!ended) leave(thread)
    discard()
  }
  const mounted = {
    end,
    discard,
    unmount,
    stops: [],
    refresh: () => widget.refresh(),
    showOwn: comment => widget.on_live_event('comment', comment),
    takeOver: (...given) => widget.hydrate(...given),
  }
  return mounted
}

// Lets a widget have the section that it has drawn.
export const own = (thread, root, widget) => {
  spare('focus.js', module => {
    if (!thread.ended && thread.widget === widget) widget.stops.push(module.preserveFocus(root))
  })
  widget.stops.push(keep(thread, root, giveUp), guard(root))
  if (thread.host.shadowRoot) spare('shadow_parts.js', module => module.exposeParts(root))
  thread.widget = widget
  watchOver(thread)
  thread.refresh = () => widget.refresh()
}
