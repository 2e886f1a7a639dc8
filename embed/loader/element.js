// Declares the element <dumka-comments>: when its thread opens, begins anew and ends.

import { detectScheme } from './scheme.js'
import { ATTRIBUTES, permalinkId, RULES } from './settings.js'
import { placed } from './placement.js'
import { openThread } from './thread.js'
import { page } from '../page.js'

const NEAR_PX = 400

export class DumkaComments extends HTMLElement {
  // Whoever takes what the element says of itself has drawn the page anew without the thread.
  static rules = RULES
  static observedAttributes = [...ATTRIBUTES, 'data-state']
  #thread
  #watch

  connectedCallback() {
    detectScheme(this)
    if (this.#thread) return // only moved
    this.#end()
    const when = this.getAttribute('load')
    if (when === 'manual') return
    // What stands in the element may be still to come.
    if (page.readyState === 'loading' && !this.nextSibling && this !== placed)
      return addEventListener('DOMContentLoaded', () => this.isConnected && this.connectedCallback())
    if (!this.firstElementChild) this.dataset.reserved = ''
    // An observer answers a frame later, which a slow phone feels.
    const [box] = this.getClientRects()
    const isNear = box?.top < innerHeight + NEAR_PX && box.bottom > -NEAR_PX
    if (when === 'eager' || isNear || permalinkId()) return this.#open()
    this.#watch = new IntersectionObserver(seen => seen.pop().isIntersecting && this.#open(), {
      rootMargin: NEAR_PX + 'px',
    })
    this.#watch.observe(this)
  }

  // What moves an element elsewhere takes it out first.
  disconnectedCallback() {
    setTimeout(() => this.isConnected || this.#end())
  }

  // Of several changes in a row each ends the thread, and one begins the next.
  attributeChangedCallback(name, before, now) {
    if (before === now || (now && name === 'data-state')) return
    if (!this.#thread) return before && this.querySelector('section.dumka')?.remove() // a copy, about another thread
    if (!this.#thread.ended) queueMicrotask(() => (this.isConnected ? this.#open() : this.#end()))
    this.#thread.end()
  }

  #end() {
    this.#watch?.disconnect()
    this.#thread?.end()
    this.#thread = null
  }

  #open() {
    this.#thread?.section?.remove()
    this.#end()
    this.#thread = openThread(this)
  }

  // Frameworks assign to what has the name of an attribute.
  get load() {
    return this.#open
  }

  set load(when) {
    this.setAttribute('load', when)
  }

  refresh() {
    if (this.#thread?.section?.isConnected) this.#thread.refresh()
    else this.#open()
  }
}
