// Holds on to what the program has drawn while the page around takes it away, exchanges it or turns its controls into
// others: an attribute is put back, and what the program cannot do without has it begin anew.
// tidy: function-length: one watcher whose parts share what they have seen

import { ownClass } from './handover.js'
import { isTooOften } from './surroundings.js'
import { page } from './page.js'

const CONTROLS = 'a, button, details, form, input, label, select, summary, textarea'
const ESSENTIAL = 'section, .dumka-list, .dumka-composer, .dumka-form, .dumka-submit, [name=text], [name=name], [name=email], [name=reason]'
const ATTRIBUTES =
  'class disabled for form formaction formmethod hidden inert maxlength minlength method multiple name novalidate pattern readonly required type'.split(' ')

const ELEMENT = 1
const keepers = new Set()

// Before the program draws, what the page has done is seen to; what was drawn then was its own doing.
export const look = () => keepers.forEach(it => it.look())
export const forgo = () => keepers.forEach(it => it.forgo())

const elements = nodes => [...nodes].filter(it => it.nodeType === ELEMENT)
const all = (element, selector) => [element, ...element.querySelectorAll(selector)].filter(it => it.matches(selector))

// As what a control is known.
const kind = element => ownClass(element) && element.localName + ownClass(element)

// Takes back what a page has done to the children of an element.
const undo = ({ target, addedNodes, removedNodes, nextSibling, previousSibling }) => {
  for (const it of addedNodes) if (it.parentNode === target) it.remove()
  const isBefore = previousSibling?.parentNode === target
  const next = nextSibling?.parentNode === target ? nextSibling : isBefore ? previousSibling.nextSibling : null
  for (const it of removedNodes) target.insertBefore(it, next)
}

// A field that is called as something of a form hides that from whoever works with the form.
const unhide = element => {
  for (const it of all(element, '.dumka-form :is([name], [id])'))
    for (const name of ['name', 'id']) if (it.getAttribute(name) in HTMLFormElement.prototype) it.removeAttribute(name)
}

// Answers what ends it; `fail` has the program begin anew.
export const keep = (thread, section, fail) => {
  const { host, inside } = thread
  // What of ours the page has taken from its place, and what it has added.
  const taken = new WeakSet()
  const foreign = new WeakSet()
  // The attributes that the page has changed, as they were.
  const drawn = new WeakMap()
  let held = []
  let isOver, last

  const isForeign = element => {
    for (let it = element; it && it !== section && !taken.has(it); it = it.parentNode) if (foreign.has(it)) return true
  }

  const putBack = (element, name, was) => {
    if (!drawn.has(element)) drawn.set(element, new Map())
    const before = drawn.get(element)
    if (!before.has(name)) before.set(name, was)
    const said = before.get(name)
    const own = name === 'class' && (said ?? '').split(' ').filter(it => it.startsWith('dumka-') && !element.classList.contains(it))
    if (own ? !own.length : element.getAttribute(name) === said || !element.matches(CONTROLS)) return
    if (isTooOften(element)) return
    if (own) element.classList.add(...own)
    else if (said === null) element.removeAttribute(name)
    else element.setAttribute(name, said)
  }

  // Whose elements came and went.
  const note = ({ target, addedNodes, removedNodes }) => {
    for (const it of elements(removedNodes)) if (!isForeign(it) && !isForeign(target)) taken.add(it)
    for (const it of elements(addedNodes)) if (!taken.has(it)) foreign.add(it)
  }

  const isMissing = gone =>
    gone.some(it => all(it, ESSENTIAL).some(it => !isForeign(it))) ||
    (gone.some(it => all(it, '.dumka-comment').length) && !section.querySelector('.dumka-comment'))

  // A copy says what the original said, and does nothing.
  const isExchanged = (gone, added) => {
    const kinds = new Set(gone.flatMap(it => all(it, CONTROLS)).map(kind).filter(Boolean))
    const isCopy = it => kinds.has(kind(it)) && isForeign(it)
    return added.some(it => it.matches('section.dumka') || (kinds.size && all(it, CONTROLS).some(isCopy)))
  }

  const take = news => {
    const records = [...held, ...news]
    held = []
    if (isOver || thread.ended || !records.length) return
    if (!host.isConnected) {
      // Taken off the page, or only moved: that shows in a moment.
      held = records
      return setTimeout(look)
    }
    const changes = records.filter(it => it.type === 'childList')
    // First, so that whoever looks for what an element stands in comes to an end.
    for (const it of changes) elements(it.addedNodes).forEach(unhide)
    for (const it of changes) note(it)
    for (const it of records) if (it.type === 'attributes' && !isForeign(it.target)) putBack(it.target, it.attributeName, it.oldValue)
    const gone = changes.flatMap(it => elements(it.removedNodes)).filter(it => !inside.contains(it))
    const added = changes.flatMap(it => elements(it.addedNodes)).filter(it => it !== section && inside.contains(it))
    if (isMissing(gone) || isExchanged(gone, added)) {
      isOver = true
      for (const it of changes.reverse()) undo(it)
      const active = section.getRootNode().activeElement ?? page.body
      if (active === page.body || active === host) last?.focus({ preventScroll: true })
      fail()
    }
    observer.takeRecords()
  }

  const observer = new MutationObserver(take)
  const look = () => take(observer.takeRecords())
  const forgo = () => {
    for (const { target, attributeName } of observer.takeRecords()) drawn.get(target)?.delete(attributeName)
  }
  // What the reader was at, also when it is gone. Where the reader left, that is nothing.
  const enter = ({ target }) => (last = target)
  const leave = () => setTimeout(() => section.contains(section.getRootNode().activeElement) || (last = null))
  // Which form was written in last, and what was folded up.
  thread.panel = null
  thread.folds = new Set()
  const write = ({ target }) => (thread.panel = target.closest('.dumka-comment .dumka-form'))
  const press = ({ target }) => {
    const fold = target.closest('.dumka-fold')
    if (fold) thread.folds.add(fold)
  }
  const heard = { focusin: enter, focusout: leave, input: write, click: press }
  for (const type of Object.keys(heard)) section.addEventListener(type, heard[type], true)
  observer.observe(section, { subtree: true, childList: true, attributeOldValue: true, attributeFilter: ATTRIBUTES })
  for (const it of new Set([host, inside])) observer.observe(it, { childList: true })
  const keeper = { look, forgo }
  keepers.add(keeper)
  return () => {
    isOver = true
    keepers.delete(keeper)
    observer.disconnect()
    for (const type of Object.keys(heard)) section.removeEventListener(type, heard[type], true)
  }
}
