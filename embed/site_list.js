// A list about a whole site, for a sidebar: asked for by the attributes of its element, drawn in the page's own style.

import { learnFrom } from './times.js'

const TIMEOUT_MS = 10000

// The browser itself says on the console what did not come.
const read = async address => {
  const answer = await fetch(address, { signal: AbortSignal.timeout?.(TIMEOUT_MS) }).catch(() => {})
  if (!answer?.ok) return
  learnFrom(answer)
  return answer.json()
}

// Defines `dumka-${name}`, which asks for `${name}` of the endpoint. `numbers` are its attributes that are numbers, each
// with its default and its greatest; `items` the array in the answer; `draw` makes a list of that, for the element.
export const defineSiteList = ({ name, numbers, items, draw }, script) => {
  const tag = 'dumka-' + name
  if (customElements.get(tag)) return

  class SiteList extends HTMLElement {
    static observedAttributes = ['endpoint', 'site', 'lang', ...Object.keys(numbers)]
    #turn

    connectedCallback() {
      this.#ask()
    }

    disconnectedCallback() {
      this.#turn = null
    }

    attributeChangedCallback(attribute, before, now) {
      if (this.isConnected && before !== now) this.#ask()
    }

    #setting(attribute) {
      return this.getAttribute(attribute) ?? script.dataset[attribute]
    }

    #address() {
      const address = new URL((this.#setting('endpoint') ?? new URL('api/v1/comments', script.src)) + '/' + name, location)
      address.searchParams.set('site', this.#setting('site') ?? location.hostname)
      for (const [attribute, [usual, most]] of Object.entries(numbers)) {
        const number = this.getAttribute(attribute)
        address.searchParams.set(attribute, /^[1-9]\d?$/.test(number) && number <= most ? number : usual)
      }
      return address
    }

    async #ask() {
      const turn = (this.#turn = {})
      await null // what changes together is asked for once
      if (turn !== this.#turn) return
      if (this.dataset.state !== 'ready') this.dataset.state = 'loading' // what is there stays until other comes
      let list
      let state = 'failed'
      try {
        const found = (await read(this.#address()))?.[items]
        list = found && (await draw(found, this))
        if (turn !== this.#turn) return
        if (found) state = found.length ? 'ready' : 'empty'
      } catch (error) {
        console.warn(tag + ':', error.message)
      }
      // Only its own: what the page put beside the list, such as a heading, stays.
      this.querySelector(`:scope > .${tag}-list`)?.remove()
      if (state === 'ready') this.append(list)
      this.dataset.state = state
    }
  }

  customElements.define(tag, SiteList)
}
