// Defines <dumka-latest>, the latest comments of a whole site for a sidebar, drawn in the page's own style.

const TAG = 'dumka-latest'
const TIMEOUT_MS = 10000
const LIMIT = /^([1-9]|1\d|20)$/
const LIMIT_DEFAULT = 5
const MINUTE_SECS = 60
const HOUR_SECS = 3600
const DAY_SECS = 86400

const make = (name, properties, ...content) => {
  const element = Object.assign(document.createElement(name), properties)
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

// How long ago, by the largest unit. From a day on by the calendar: yesterday ends at midnight.
const ago = (then, now) => {
  const secs = Math.min(0, then - now) / 1000 // a reader's clock may be late
  if (secs > -MINUTE_SECS) return [Math.trunc(secs), 'second']
  if (secs > -HOUR_SECS) return [Math.trunc(secs / MINUTE_SECS), 'minute']
  if (secs > -DAY_SECS) return [Math.trunc(secs / HOUR_SECS), 'hour']
  const midnight = date => new Date(date).setHours(0, 0, 0, 0)
  const days = Math.round((midnight(then) - midnight(now)) / 1000 / DAY_SECS)
  if (days > -30) return [days, 'day']
  const years = then.getFullYear() - now.getFullYear()
  return days > -365 ? [12 * years + then.getMonth() - now.getMonth(), 'month'] : [years, 'year']
}

const writer = lang => {
  const exact = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' })
  const relative = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' })
  return dateTime => {
    const then = new Date(dateTime)
    const properties = { className: 'dumka-time', dateTime, title: exact.format(then) }
    return make('time', properties, relative.format(...ago(then, new Date())))
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
  return answer?.ok && (await answer.json()).comments
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
