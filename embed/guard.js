// Keeps what the program has drawn as it knows it while the page around changes that: translators put other elements in
// the place of text, wrappers cut it up.

import { ChangedTexts } from './changed_texts.js'
import { native } from './page.js'
import { anchor } from './surroundings.js'

const TEXT = 3
const observed = { subtree: true, childList: true, characterData: true, characterDataOldValue: true }
const guards = new Set()

// While the program draws, nobody watches: what happens then is its own doing.
export const pause = () => guards.forEach(guard => guard.pause())
export const resume = () => guards.forEach(guard => guard.resume())

class Guard {
  #section
  #foreign = new WeakSet()
  // Elements of ours that the page has moved: ours wherever they stand now.
  #moved = new WeakSet()
  // By their elements.
  #changed = new Map()
  #observer = new MutationObserver(records => this.#take(records))

  constructor(section) {
    this.#section = section
    this.resume()
  }

  pause() {
    this.#take(this.#observer.takeRecords())
    this.end()
  }

  resume() {
    for (const [element, changed] of this.#changed) {
      if (!this.#section.contains(element)) this.#changed.delete(element)
      if (changed.isWritten) this.#restore(element, changed)
    }
    anchor(this.#section)
    this.#observer.observe(this.#section, observed)
  }

  end() {
    this.#observer.disconnect()
  }

  #take(records) {
    const lost = new Set()
    for (const record of records) {
      const { type, target, oldValue } = record
      if (this.#isForeign(target)) continue
      if (type !== 'characterData') this.#takeChildren(record, lost)
      else if (target.parentNode) this.#entry(target.parentNode).note(target, oldValue)
    }
    for (const element of lost) {
      const changed = this.#changed.get(element)
      if (changed?.isAlone) this.#restore(element, changed)
    }
    this.#observer.takeRecords()
  }

  // Adds the element to `lost` where something may be gone that stood for our text.
  #takeChildren(record, lost) {
    const { target, addedNodes, removedNodes } = record
    const before = this.#changed.get(target)
    const hadOthers = before?.others.size
    const isOurs = it => it.nodeType === TEXT && !this.#foreign.has(it) && it.parentNode !== target
    const texts = [...removedNodes].filter(isOurs)
    for (const it of addedNodes) {
      if (before?.texts.has(it) || this.#moved.has(it)) continue
      this.#foreign.add(it)
      if (before || texts.length || it.nodeType === TEXT) this.#entry(target).others.add(it)
    }
    for (const it of removedNodes) {
      before?.others.delete(it)
      if (it.nodeType !== TEXT && !this.#foreign.has(it)) this.#moved.add(it)
    }
    for (const text of texts) this.#putBack(text, record)
    if (hadOthers) lost.add(target)
  }

  // The program goes on to write into a text of its own and to put things before it: so it stays where it was, empty
  // while something else stands for it.
  #putBack(text, { target, addedNodes, nextSibling, previousSibling }) {
    const after = previousSibling ? previousSibling.parentNode === target && previousSibling.nextSibling : target.firstChild
    const next = [...addedNodes, nextSibling].find(it => it?.parentNode === target) ?? (after || null)
    const said = text.data
    if (text.parentNode) text.replaceWith(said) // wrapped up, it is still read there
    text.data = ''
    target.insertBefore(text, next)
    this.#entry(target).note(text, said)
  }

  #restore(element, changed) {
    this.#changed.delete(element)
    changed.restore()
  }

  #entry(element) {
    if (!this.#changed.has(element)) this.#changed.set(element, new ChangedTexts(element))
    return this.#changed.get(element)
  }

  #isForeign(node) {
    for (let it = node; it && it !== this.#section && !this.#moved.has(it); it = native(it).parentNode)
      if (this.#foreign.has(it)) return true
  }
}

// Answers what ends it.
export const guard = section => {
  const it = new Guard(section)
  guards.add(it)
  return () => {
    guards.delete(it)
    it.end()
  }
}
