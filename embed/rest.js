// Shows the rest of a thread without the program, comment by comment, in tasks of which none holds up a slow phone. What
// is pressed meanwhile is done first, and the program goes on from there once it may take the thread over.

import { focus } from './form_answer.js'
import { hrefOf } from './form_events.js'
import { idSelector } from './handover.js'
import { showVotes } from './session.js'

const PATIENCE_MS = 10000
const TASK_MS = 10

const fetchTree = async address => {
  const response = await fetch(address, { signal: AbortSignal.timeout?.(PATIENCE_MS) })
  const tree = await response.clone().json().catch(() => {})
  if (!Array.isArray(tree)) throw response
  return tree
}

// Takes the comments out of the lists of a thread.
const takeComments = thread =>
  thread.filter(it => Array.isArray(it) && /dumka-list/.test(it[1].class)).flatMap(list => list.splice(2))

// Puts comments one behind the other, wherever they stood; a piece that goes on begins behind what is shown.
const placer = (section, goesOn) => {
  const lists = section.querySelectorAll('.dumka-list')
  let last = goesOn ? lists[lists.length - 1].lastElementChild : null
  let isFirst = true
  return (comment, isKnown) => {
    const isThere = last?.nextElementSibling === comment || (isFirst && isKnown)
    if (!isThere) last ? last.after(comment) : lists[0].prepend(comment)
    last = comment
    isFirst = false
  }
}

// What another press has interrupted: the reader is elsewhere by now.
const interrupted = new WeakSet()

// `turn` is the number of the press: later ones come first.
export const showRest = async (thread, pressed, page, turn) => {
  const { config, section } = thread
  let hasFocused = interrupted.has(pressed)
  const isOver = () => thread.ended || thread.isAwaited || thread.acts !== turn
  const show = (id, made) => {
    showVotes(config, made)
    if (!hasFocused) focus(thread, idSelector(id))
    hasFocused = true
  }
  // Answers what stands around the comments, or nothing where something else comes first.
  const showPiece = async (address, goesOn) => {
    const [row, tree = row] = await fetchTree(address)
    const comments = takeComments(tree)
    const place = placer(section, goesOn)
    let end = performance.now() + TASK_MS
    for (const comment of comments) {
      const { id } = comment[1]
      const known = section.querySelector(idSelector(id))
      const made = known ?? thread.buildThread([row, ['ol', {}, comment]], address).firstChild
      place(made, known)
      if (!known) show(id, made)
      if (performance.now() < end) continue
      await new Promise(done => setTimeout(done))
      if (isOver()) return
      end = performance.now() + TASK_MS
    }
    return thread.buildThread([row, tree], address)
  }
  // The same link all the time: it is busy until this is over, and there again where a piece does not come.
  while (pressed.parentNode) {
    const href = hrefOf(pressed)
    const goesOn = /[?&]cursor=/.test(href)
    const came = await showPiece((goesOn ? href : page + '&limit=all') + '&scripted', goesOn)
    if (!came) break
    const next = came.querySelector('.dumka-all')
    // One that led to the same place for ever would be followed for ever.
    if (next && next.href !== href) pressed.href = next.href
    else pressed.remove()
  }
  if (!pressed.parentNode || thread.ended) return
  interrupted.add(pressed)
  // Goes on behind what was pressed, or with the program.
  if (thread.isAwaited) thread.queue.add(pressed)
  else setTimeout(() => thread.queueAction(pressed))
}
