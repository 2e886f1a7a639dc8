// Defines <dumka-latest>, the latest comments of a whole site for a sidebar, drawn in the page's own style.

import { learnFrom, relative } from './times.js'
import { page } from './page.js'

const TAG = 'dumka-latest'
const TIMEOUT_MS = 10000
const LIMIT = /^([1-9]|1\d|20)$/
const LIMIT_DEFAULT = 5

const make = (name, properties, ...content) => {
  const element = Object.assign(page.createElement(name), properties)
  element.append(...content)
  return element
}

// The nearest language that the browser writes times in.
const isWritten = lang => {
  try {
    return Intl.RelativeTimeFormat.supportedLocalesOf(lang)[0]
  } catch {} // not even a language
}
const language = element => [element.closest('[lang]')?.lang, ...navigator.languages].find(isWritten)

const writer = lang => {
  // With the digits of the times in words, as in a thread.
  const exact = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short', numberingSystem: 'latn' })
  const ago = relative(lang)
  return dateTime => {
    const properties = { className: 'dumka-time', dateTime, title: exact.format(new Date(dateTime)) }
    return make('time', properties, ago(dateTime))
  }
}

// The comment's place on its page; nothing where that is no page of the web.
const place = ({ id, url }) => {
  try {
    const address = new URL(url)
    // Behind the route of a page that keeps it there.
    address.hash = address.hash.replace(/#(?![/!]).*/, '') + '#comment-' + id
    return /^https?:$/.test(address.protocol) && address.href
  } catch {}
}

// What readers wrote is text, and its direction ends where it ends.
const item = (comment, time) => {
  const { author, excerpt = '', title, created_at } = comment
  const href = place(comment)
  const words = make('bdi', {}, excerpt)
  return make(
    'li',
    { className: 'dumka-latest-item' },
    make('bdi', { className: 'dumka-author' }, author?.name ?? ''),
    ' ',
    href ? make('a', { className: 'dumka-latest-link', href }, words) : words,
    ...(title ? [' ', make('span', { className: 'dumka-latest-title', dir: 'auto' }, title)] : []),
    ' ',
    time(created_at),
  )
}

const draw = (comments, lang) => {
  const time = writer(lang)
  return make('ul', { className: 'dumka-latest-list' }, ...comments.map(comment => item(comment, time)))
}

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
