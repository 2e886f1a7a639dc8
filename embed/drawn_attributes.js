// Puts back the attributes of drawn elements that the page has changed.

import { isTooOften } from './surroundings.js'

export const CONTROLS = 'a, button, details, form, input, label, select, summary, textarea'
export const ATTRIBUTES =
  'class disabled for form formaction formmethod hidden id inert maxlength minlength method multiple name novalidate pattern readonly required type'.split(' ')

// The classes of ours that an element has lost.
const lostClasses = (element, drawn) =>
  (drawn ?? '').split(' ').filter(it => it.startsWith('dumka-') && !element.classList.contains(it))

export class DrawnAttributes {
  // What was drawn, of those that the page has changed.
  #drawn = new WeakMap()

  // The program itself has changed it.
  forget({ target, attributeName }) {
    this.#drawn.get(target)?.delete(attributeName)
  }

  putBack({ target, attributeName: name, oldValue }) {
    const drawn = this.#drawnAs(target, name, oldValue)
    if (name === 'class') {
      const lost = lostClasses(target, drawn)
      if (lost.length && !isTooOften(target)) target.classList.add(...lost)
    } else if (name === 'id') {
      // By that alone a comment is known.
      if (drawn?.startsWith('comment-') && target.id !== drawn && !isTooOften(target)) target.id = drawn
    } else if (target.getAttribute(name) !== drawn && target.matches(CONTROLS) && !isTooOften(target)) {
      drawn === null ? target.removeAttribute(name) : target.setAttribute(name, drawn)
    }
  }

  // The page may have changed it before.
  #drawnAs(element, name, oldValue) {
    if (!this.#drawn.has(element)) this.#drawn.set(element, new Map())
    const attributes = this.#drawn.get(element)
    if (!attributes.has(name)) attributes.set(name, oldValue)
    return attributes.get(name)
  }
}
