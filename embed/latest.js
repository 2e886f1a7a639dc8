// Defines <dumka-latest>, the latest comments of a whole site for a sidebar, drawn in the page's own style.

import { draw, language } from './latest_list.js'
import { learnFrom } from './times.js'

const TAG = 'dumka-latest'
const TIMEOUT_MS = 10000
const LIMIT = /^([1-9]|1\d|20)$/
const LIMIT_DEFAULT = 5

// The browser itself says on the console what did not come.
const read = async address => {
  const answer = await fetch(address, { signal: AbortSignal.timeout?.(TIMEOUT_MS) }).catch(() => {})
  if (!answer?.ok) return
  learnFrom(answer)
  return (await answer.json()).comments
}

let script

class DumkaLatest extends HTMLElement {
  static observedAttributes = ['endpoint', 'site', 'lang', 'limit']
  #turn

  connectedCallback() {
    this.#ask()
  }

  disconnectedCallback() {
    this.#turn = null
  }

  attributeChangedCallback(name, before, now) {
    if (this.isConnected && before !== now) this.#ask()
  }

  #setting(name) {
    return this.getAttribute(name) ?? script.dataset[name]
  }

  #address() {
    const address = new URL((this.#setting('endpoint') ?? new URL('api/v1/comments', script.src)) + '/latest', location)
    const limit = this.getAttribute('limit') ?? LIMIT_DEFAULT
    address.searchParams.set('site', this.#setting('site') ?? location.hostname)
    address.searchParams.set('limit', LIMIT.test(limit) ? limit : LIMIT_DEFAULT)
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
      const comments = await read(this.#address())
      if (turn !== this.#turn) return
      if (comments) {
        list = draw(comments, language(this))
        state = comments.length ? 'ready' : 'empty'
      }
    } catch (error) {
      console.warn(TAG + ':', error.message)
    }
    // Only its own: what the page put beside the list, such as a heading, stays.
    this.querySelector(':scope > .dumka-latest-list')?.remove()
    if (state === 'ready') this.append(list)
    this.dataset.state = state
  }
}

export const define = from => {
  script ??= from
  if (!customElements.get(TAG)) customElements.define(TAG, DumkaLatest)
}
