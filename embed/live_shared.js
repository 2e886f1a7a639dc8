// One connection for all windows of an origin: whoever holds a lock keeps it, and tells the others what it hears. Each
// window knows how far it has come, so that nothing is lost when another one takes over.

import { isEvent, isMessage } from './live_messages.js'
import { connect } from './live_stream.js'
import { Windows } from './live_windows.js'

// Another form of the messages has another name.
const NAME = 'dumka live 2'
const BEAT_MS = 10000
// A window that leads and says nothing for so long is stuck.
const DEAF_MS = 25000
const FIRST_DEAF_MS = 5000

class SharedConnection {
  #about
  #wanted
  #hear
  #name
  #window = String(Math.random())
  #others = new Windows()
  #channel
  // The connection, where this window leads.
  #line
  // The request for the lock, and what gives that back.
  #request
  #free
  #deaf
  #beating

  constructor(about, wanted, hear) {
    this.#about = about
    this.#wanted = wanted
    this.#hear = hear
    this.#name = [NAME, about.endpoint, about.site].join(' ')
  }

  start() {
    this.#channel = new BroadcastChannel(this.#name)
    this.#channel.onmessage = ({ data }) => isMessage(data) && this.#receive(data)
    this.#lead(false)
    this.#listen(FIRST_DEAF_MS)
    this.#want(true)
  }

  change() {
    this.#line ? this.#line.change() : this.#want(true)
  }

  close() {
    clearTimeout(this.#deaf)
    this.#request.abort()
    this.#resign()
    this.#say({ isGone: true })
    this.#channel.close()
    this.#channel = null
  }

  #say(message) {
    this.#channel?.postMessage({ window: this.#window, ...message })
  }

  // `isNew`: these are the positions, whatever is known of them.
  #want(isNew) {
    this.#say({ wanted: [...this.#wanted()], isNew })
  }

  #tell(event, page, data, from, at) {
    this.#say({ event, page, data, from, at })
    this.#others.advance(page, from, at)
    this.#hear(event, page, data, from, at)
  }

  #listen(ms) {
    clearTimeout(this.#deaf)
    this.#deaf = setTimeout(() => this.#lead(true), ms * (1 + Math.random() / 2))
  }

  // Asks for the lock, or takes it from a window that is stuck.
  #lead(isStuck) {
    this.#request?.abort()
    const request = (this.#request = new AbortController())
    const { signal } = request
    const hold = () => {
      if (signal.aborted) return
      this.#begin()
      return new Promise(done => (this.#free = done))
    }
    const end = () => this.#request === request && !signal.aborted && this.#lose()
    navigator.locks.request(this.#name, isStuck ? { steal: true } : { signal }, hold).then(end, end)
  }

  // The lock is not given, as in a sandbox, or another window thought that this one was stuck.
  #lose() {
    if (!this.#line) return this.#begin()
    this.#resign()
    this.#lead(false)
    this.#listen(DEAF_MS)
    this.#want(true)
  }

  #begin() {
    clearTimeout(this.#deaf)
    this.#line = connect(this.#about, () => this.#others.wanted(this.#wanted()), (...told) => this.#tell(...told))
    this.#beating = setInterval(() => this.#beat(), BEAT_MS)
    this.#beat()
  }

  #beat() {
    this.#others.beat()
    this.#line.change()
    this.#say({ leads: true, asks: true })
  }

  #resign() {
    this.#line?.close()
    this.#line = null
    clearInterval(this.#beating)
    this.#others.clear()
    this.#free?.()
  }

  #receive(message) {
    if (this.#line) this.#receiveAsLeader(message)
    else if (message.leads) {
      this.#listen(DEAF_MS)
      if (message.asks) this.#want()
    } else if (isEvent(message)) {
      const { event, page, data, from, at } = message
      this.#hear(event, page, data, from, at)
    }
  }

  #receiveAsLeader({ window: id, wanted, isNew, isGone }) {
    if (Array.isArray(wanted) && this.#others.add(id, wanted, isNew)) {
      this.#line.change()
      if (isNew) this.#say({ leads: true })
    }
    if (isGone && this.#others.remove(id)) this.#line.change()
  }
}

// Does as `connect` does.
export const share = (about, wanted, hear) => new SharedConnection(about, wanted, hear)
