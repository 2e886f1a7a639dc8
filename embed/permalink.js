// Brings the comment of a permalink to the top of the view, and keeps it there while the page above it still grows.

import { idSelector } from './handover.js'
import { native, page } from './page.js'

const found = (tag, id) => {
  for (const host of page.querySelectorAll(tag)) {
    const comment = (host.shadowRoot ?? host).querySelector(idSelector('comment-' + id))
    if (comment) return comment
  }
}

// After `moved`, a change of the address, the comment may stand on a part of the thread that is not shown.
export const scrollToPermalink = (tag, id, moved) => {
  const comment = found(tag, id)
  if (moved && comment) {
    reveal(comment)
    mark(tag, comment)
    // The browser does not look into shadow roots, nor into what was closed.
    comment.scrollIntoView({ block: 'start', behavior: 'instant' })
    comment.focus({ preventScroll: true })
  }
  if (moved || !comment) {
    if (moved && !comment) for (const host of page.querySelectorAll(tag)) host.load()
    return
  }
  reveal(comment)
  // Looked for again each time: the program may have drawn it anew.
  const land = () => found(tag, id)?.scrollIntoView({ block: 'start', behavior: 'instant' })
  const growth = new ResizeObserver(land)
  const leave = () => {
    growth.disconnect()
    removeEventListener('load', land, true)
    for (const type of acts) removeEventListener(type, leave, true)
  }
  // From the reader's first own move on, the view is the reader's.
  const acts = ['wheel', 'touchstart', 'pointerdown', 'keydown', 'hashchange']
  for (const type of acts) addEventListener(type, leave, { capture: true, passive: true })
  addEventListener('load', land, true)
  for (const grown of [page.documentElement, page.body]) growth.observe(grown)
  land()
  mark(tag, comment)
  comment.focus({ preventScroll: true })
}

// The node around another one, also around a shadow root.
const around = ({ parentNode, host }) => {
  const node = parentNode ?? host
  return node && native(node)
}

// Opens what the page has folded up around a comment.
const reveal = comment => {
  for (let it = native(comment); it; it = around(it)) {
    if (it.localName === 'details') it.setAttribute('open', '')
    if (it.hidden === 'until-found') it.removeAttribute('hidden')
  }
}

// The comment that the address is about stands out among the others.
const mark = (tag, comment) => {
  for (const host of page.querySelectorAll(tag))
    for (const marked of (host.shadowRoot ?? host).querySelectorAll('[aria-current=location]')) marked.removeAttribute('aria-current')
  comment.ariaCurrent = 'location'
}
