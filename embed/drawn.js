// Holds on to what the program has drawn while the page around takes it away, exchanges it or turns its controls into
// others: an attribute is put back, and what the program cannot do without has it begin anew.

import { ATTRIBUTES, CONTROLS, DrawnAttributes } from './drawn_attributes.js'
import { unhideMembers } from './form_members.js'
import { ownClass } from './handover.js'
import { activeIn, native, page } from './page.js'
import { ReaderPlace } from './reader_place.js'

const ESSENTIAL = 'section, .dumka-list, .dumka-composer, .dumka-form, .dumka-submit, [name=text], [name=name], [name=email], [name=reason]'
const ELEMENT = 1
const keepers = new Set()

// Before the program draws, what the page has done is seen to; what was drawn then was its own doing.
export const look = () => keepers.forEach(it => it.look())
export const forgo = () => keepers.forEach(it => it.forgo())

const elements = nodes => [...nodes].filter(it => it.nodeType === ELEMENT)
const all = (element, selector) => [element, ...native(element).querySelectorAll(selector)].filter(it => native(it).matches(selector))

// As what a control is known.
const kind = element => ownClass(element) && element.localName + ownClass(element)

// Takes back what a page has done to the children of an element.
const undo = ({ target, addedNodes, removedNodes, nextSibling, previousSibling }) => {
  for (const it of addedNodes) if (it.parentNode === target) it.remove()
  const isBefore = previousSibling?.parentNode === target
  const next = nextSibling?.parentNode === target ? nextSibling : isBefore ? previousSibling.nextSibling : null
  for (const it of removedNodes) target.insertBefore(it, next)
}

class Keeper {
  #thread
  #section
  #fail
  #reader
  #attributes = new DrawnAttributes()
  // What of ours the page has taken from its place, and what it has added.
  #taken = new WeakSet()
  #foreign = new WeakSet()
  // Records that are looked at later.
  #held = []
  #isOver = false
  #observer = new MutationObserver(records => this.#take(records))

  constructor(thread, section, fail) {
    this.#thread = thread
    this.#section = section
    this.#fail = fail
    this.#reader = new ReaderPlace(thread, section)
    this.#observer.observe(section, { subtree: true, childList: true, attributeOldValue: true, attributeFilter: ATTRIBUTES })
    for (const it of new Set([thread.host, thread.inside])) this.#observer.observe(it, { childList: true })
  }

  look() {
    this.#take(this.#observer.takeRecords())
  }

  forgo() {
    for (const record of this.#observer.takeRecords()) this.#attributes.forget(record)
  }

  end() {
    this.#isOver = true
    this.#observer.disconnect()
    this.#reader.disconnect()
  }

  #take(news) {
    const records = [...this.#held, ...news]
    this.#held = []
    if (this.#isOver || this.#thread.ended || !records.length) return
    if (!this.#thread.host.isConnected) {
      // Taken off the page, or only moved: that shows in a moment.
      this.#held = records
      return setTimeout(look)
    }
    const changes = records.filter(it => it.type === 'childList')
    // First, for whoever looks into forms.
    for (const it of changes) elements(it.addedNodes).forEach(unhideMembers)
    for (const it of changes) this.#note(it)
    for (const it of records) if (it.type === 'attributes' && !this.#isForeign(it.target)) this.#attributes.putBack(it)
    if (this.#isBroken(changes)) this.#restart(changes)
    this.#observer.takeRecords()
  }

  // Whose elements came and went.
  #note({ target, addedNodes, removedNodes }) {
    for (const it of elements(removedNodes)) if (!this.#isForeign(it) && !this.#isForeign(target)) this.#taken.add(it)
    for (const it of elements(addedNodes)) if (!this.#taken.has(it)) this.#foreign.add(it)
  }

  #isForeign(element) {
    for (let it = element; it && it !== this.#section && !this.#taken.has(it); it = native(it).parentNode)
      if (this.#foreign.has(it)) return true
  }

  #isBroken(changes) {
    const { inside } = this.#thread
    const gone = changes.flatMap(it => elements(it.removedNodes)).filter(it => !inside.contains(it))
    const added = changes.flatMap(it => elements(it.addedNodes)).filter(it => it !== this.#section && inside.contains(it))
    return this.#isMissing(gone) || this.#isExchanged(gone, added)
  }

  #isMissing(gone) {
    const hasLost = selector => gone.some(it => all(it, selector).some(it => !this.#isForeign(it)))
    const hadComments = gone.some(it => all(it, '.dumka-comment').length)
    return hasLost(ESSENTIAL) || (hadComments && !this.#section.querySelector('.dumka-comment'))
  }

  // A copy says what the original said, and does nothing.
  #isExchanged(gone, added) {
    const kinds = new Set(gone.flatMap(it => all(it, CONTROLS)).map(kind).filter(Boolean))
    const isCopy = it => kinds.has(kind(it)) && this.#isForeign(it)
    return added.some(it => it.matches('section.dumka') || (kinds.size && all(it, CONTROLS).some(isCopy)))
  }

  #restart(changes) {
    this.#isOver = true
    for (const it of changes.reverse()) undo(it)
    const active = activeIn(this.#section) ?? page.body
    if (active === page.body || active === this.#thread.host) this.#reader.focused?.focus({ preventScroll: true })
    this.#fail()
  }
}

// Answers what ends it; `fail` has the program begin anew.
export const keep = (thread, section, fail) => {
  const keeper = new Keeper(thread, section, fail)
  keepers.add(keeper)
  return () => {
    keepers.delete(keeper)
    keeper.end()
  }
}
