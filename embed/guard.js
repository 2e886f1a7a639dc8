// Keeps what the program has drawn as it knows it while the page around changes that: translators put other elements in
// the place of text, wrappers cut it up.
// tidy: function-length: one watcher whose parts share what they have seen

import { anchor } from './surroundings.js'

const TEXT = 3
const observed = { subtree: true, childList: true, characterData: true, characterDataOldValue: true }
const guards = new Set()

// While the program draws, nobody watches: what happens then is its own doing.
export const pause = () => guards.forEach(guard => guard.pause())
export const resume = () => guards.forEach(guard => guard.resume())

// Answers what ends it.
export const guard = section => {
  const foreign = new WeakSet()
  // The texts of ours that the page has changed, by their elements: what they said, what the page has left of them, and
  // what it has put beside them.
  const changed = new Map()

  const isForeign = node => {
    for (let it = node; it && it !== section; it = it.parentNode) if (foreign.has(it)) return true
  }

  const entry = element => {
    if (!changed.has(element)) changed.set(element, { texts: new Map(), others: new Set() })
    return changed.get(element)
  }

  const note = (text, said) => {
    const { texts } = entry(text.parentNode)
    texts.set(text, { said: texts.get(text)?.said ?? said, left: text.data })
  }

  // The program goes on to write into a text of its own and to put things before it: so it stays where it was, empty
  // while something else stands for it.
  const putBack = (text, { target, addedNodes, nextSibling, previousSibling }) => {
    const after = previousSibling ? previousSibling.parentNode === target && previousSibling.nextSibling : target.firstChild
    const next = [...addedNodes, nextSibling].find(it => it?.parentNode === target) ?? (after || null)
    const said = text.data
    if (text.parentNode) text.replaceWith(said) // wrapped up, it is still read there
    text.data = ''
    target.insertBefore(text, next)
    note(text, said)
  }

  const take = records => {
    const lost = new Set()
    for (const record of records) {
      const { type, target, addedNodes, removedNodes, oldValue } = record
      if (isForeign(target)) continue
      if (type === 'characterData') {
        if (target.parentNode) note(target, oldValue)
        continue
      }
      const before = changed.get(target)
      const hadOthers = before?.others.size
      const texts = [...removedNodes].filter(it => it.nodeType === TEXT && !foreign.has(it) && it.parentNode !== target)
      for (const it of addedNodes) {
        if (before?.texts.has(it)) continue
        foreign.add(it)
        if (before || texts.length || it.nodeType === TEXT) entry(target).others.add(it)
      }
      for (const it of removedNodes) before?.others.delete(it)
      for (const text of texts) putBack(text, record)
      if (hadOthers) lost.add(target)
    }
    // The page has taken away again what stood for our text; what it has only moved stands in another of its elements.
    for (const element of lost) {
      const before = changed.get(element)
      if (before && ![...before.others].some(it => it.parentNode === element)) restore(element, before)
    }
    observer.takeRecords()
  }

  // The element says again what the program has written.
  const restore = (element, { texts, others }) => {
    changed.delete(element)
    for (const it of others) if (it.parentNode === element) it.remove()
    for (const [text, { said, left }] of texts) if (text.data === left) text.data = said
  }

  const observer = new MutationObserver(take)
  const it = {
    pause() {
      take(observer.takeRecords())
      observer.disconnect()
    },
    resume() {
      for (const [element, { texts, others }] of changed) {
        if (!section.contains(element)) changed.delete(element)
        const isWritten = [...texts].some(([text, { left }]) => text.data !== left || text.parentNode !== element)
        if (isWritten) restore(element, { texts, others })
      }
      anchor(section)
      observer.observe(section, observed)
    },
  }
  it.resume()
  guards.add(it)
  return () => {
    guards.delete(it)
    observer.disconnect()
  }
}
