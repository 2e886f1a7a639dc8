// Keeps the reader's focus while the program changes what is on the screen: browsers drop it when what has it is moved
// or taken away. Where the program itself says where the focus goes, that stands.

import { idSelector, ownClass, selectorOf } from './handover.js'
import { activeIn, page } from './page.js'

const COMMENT = '.dumka-comment:not([hidden])'
const CONTROLS = 'a[href], button, input:not([type=hidden]), select, summary, textarea'

const frame = () => new Promise(requestAnimationFrame)

// What stands in the place of a control that was taken away: in the same comment, or at least in the same thread.
const again = (comment, element) => {
  const isKnown = element.name || ownClass(element)
  return isKnown ? comment?.querySelector(selectorOf(element)) : null
}

const element = (node, towards) => (node && node.nodeType !== 1 ? node[towards] : node)

// What is next to the gap in reading order: what came in its place, or what follows, or what precedes.
const near = ({ target, nextSibling, previousSibling }) => {
  const next = element(nextSibling, 'nextElementSibling')
  const before = element(previousSibling, 'previousElementSibling')
  return [
    next?.matches(COMMENT) ? next : next?.querySelector(CONTROLS),
    before?.matches(COMMENT) ? before : [...(before?.querySelectorAll(COMMENT) ?? [])].pop(),
    before?.querySelector(CONTROLS),
    target.querySelector(CONTROLS),
  ]
}

// Answers what ends it.
export const preserveFocus = section => {
  const active = () => activeIn(section)
  const isLost = () => section.isConnected && (active() ?? page.activeElement ?? page.body) === page.body
  let last = section.contains(active()) ? active() : null
  const enter = ({ target }) => (last = target)
  // Where the reader left, there is nothing to keep. What was taken away is looked at before that.
  const leave = () => setTimeout(() => isLost() && (last = null))
  section.addEventListener('focusin', enter)
  section.addEventListener('focusout', leave)

  const focus = (...elements) => {
    for (const it of elements) if (isLost()) it?.focus({ preventScroll: true })
  }

  const changes = new MutationObserver(async records => {
    const record = last && isLost() && records.find(it => [...it.removedNodes].some(node => node.contains(last)))
    if (!record) return
    const gone = last
    const { id } = gone.closest('.dumka-comment') ?? record.target.closest('.dumka-comment') ?? {}
    const comment = id ? section.querySelector(idSelector(id)) : section
    const there = gone.isConnected ? gone : again(comment, gone)
    focus(there)
    if (there && gone.selectionStart != null) there.setSelectionRange(gone.selectionStart, gone.selectionEnd)
    // The program moves the focus in the next frame.
    await frame()
    await frame()
    focus(id && comment, ...near(record))
    if (!isLost()) return
    section.tabIndex = -1
    focus(section)
  })
  changes.observe(section, { childList: true, subtree: true })
  return () => {
    changes.disconnect()
    section.removeEventListener('focusin', enter)
    section.removeEventListener('focusout', leave)
    last = null
  }
}
