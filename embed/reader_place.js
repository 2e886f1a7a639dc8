// Remembers what the reader was at in a section: the element with the focus, the form that was written in, and what was
// folded up, for a program that begins anew.

import { activeIn, native } from './page.js'

export class ReaderPlace {
  #section
  #listeners
  // Also when it is gone. Where the reader left, that is nothing.
  focused

  constructor(thread, section) {
    this.#section = section
    thread.panel = null
    thread.folds = new Set()
    this.#listeners = {
      focusin: ({ target }) => (this.focused = target),
      focusout: () => setTimeout(() => section.contains(activeIn(section)) || (this.focused = null)),
      input: ({ target }) => (thread.panel = native(target).closest('.dumka-comment .dumka-form')),
      click({ target }) {
        const fold = native(target).closest('.dumka-fold')
        if (fold) thread.folds.add(fold)
      },
    }
    for (const [type, listener] of Object.entries(this.#listeners)) section.addEventListener(type, listener, true)
  }

  disconnect() {
    for (const [type, listener] of Object.entries(this.#listeners)) this.#section.removeEventListener(type, listener, true)
  }
}
