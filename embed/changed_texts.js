// The texts of one element of ours that the page has changed: what they said, what the page has left of them, and what it
// has put beside them.
export class ChangedTexts {
  texts = new Map()
  others = new Set()
  #element

  constructor(element) {
    this.#element = element
  }

  note(text, said) {
    this.texts.set(text, { said: this.texts.get(text)?.said ?? said, left: text.data })
  }

  // Whether the program has written since.
  get isWritten() {
    return [...this.texts].some(([text, { left }]) => text.data !== left || text.parentNode !== this.#element)
  }

  // Whether the page has taken away again what stood for our text; what it has only moved stands in another of its elements.
  get isAlone() {
    return ![...this.others].some(it => it.parentNode === this.#element)
  }

  // The element says again what the program has written.
  restore() {
    for (const it of this.others) if (this.#element.contains(it)) it.remove()
    for (const [text, { said, left }] of this.texts) if (text.data === left) text.data = said
  }
}
