// Shows one thread in its element, until that leaves the page or is about another thread.

import { scrollToPermalink } from './permalink.js'
import { addStyle } from './style.js'
import { fetchThread } from './fetch_thread.js'
import { ATTRIBUTES, readSettings } from './settings.js'
import { addStartMethods } from './start.js'
import { buildThread } from './build.js'
import { ready, script } from './tag.js'
import { NOT_LOADED, supportedLang } from './language.js'
import { programFiles } from './files.js'
import { page } from '../page.js'
import { addReaderMethods, READER_EVENTS } from './reader_events.js'
import { addSectionMethods } from './section.js'

const LATE_MS = 11000
const PARAMETERS = [...ATTRIBUTES.slice(1, 7), 'comment']

// Returns the section that the page has put there, or that this element has left where it stood before, if it is of the
// thread with this id.
const takeHeld = (host, inside, id, comment) => {
  const held = inside.querySelector('section.dumka') ?? host.querySelector('section.dumka')
  const isOther = (held?.dumka ?? id) !== id
  // In a form of the page's own, the parser has dropped those of the thread.
  const isCut = held?.querySelector('textarea:not(.dumka-form *)')
  return isOther || isCut || (comment && !page.getElementById('comment-' + comment)) ? held?.remove() : held
}

export const openThread = host => {
  const config = readSettings(host)
  const isEager = host.getAttribute('load') === 'eager'
  if (isEager) programFiles()
  const inside = host.hasAttribute('isolate') ? (host.shadowRoot ?? host.attachShadow({ mode: 'open' })) : host
  const id = PARAMETERS.map(name => config[name]).join()
  const hasWords = host.hasAttribute('words')
  const list = new URL(config.endpoint)
  for (const name of PARAMETERS) if (config[name]) list.searchParams.set(name, config[name])
  // Ready HTML cannot know the words: then the program draws.
  if (!hasWords) list.searchParams.set('format', 'tree')
  const isReady = ready && !hasWords && PARAMETERS.every(name => ready[name] === config[name])
  const { comment } = config
  const thread = { host, inside, words: NOT_LOADED, READER_EVENTS, queue: new Set(), fetchThread, buildThread, config, list }
  addReaderMethods(thread, host)
  addSectionMethods(thread, host, inside, id)
  addStartMethods(thread, host, config)
  const begin = async () => {
    // What a page brings back may have grown old: a copy that it kept, or the element where it stood before.
    const isBack = host.dataset.state
    host.dataset.composer = 'closed'
    host.dataset.state = 'loading'
    const held = takeHeld(host, inside, id, comment)
    config.lang = supportedLang(held?.lang) ?? config.lang
    // It begins where it begins, and so must what the program asks for.
    if (held && !held.dumka) {
      config.comment = undefined
      list.searchParams.delete('comment')
    }
    const late = setTimeout(thread.fail, LATE_MS)
    try {
      const here = held ? [held] : isReady && [buildThread(ready.thread, script.src)]
      // The element itself stands in the page even where the thread is isolated from it.
      const styles = [addStyle(inside, isReady), inside !== host && addStyle(host, isReady)]
      const [[section, response]] = await Promise.all([here || fetchThread(list), ...styles])
      if (thread.ended) return
      if (section) {
        thread.showSection(section)
        // What came with the page costs no request until the reader comes to it.
        if (isEager || isBack || !here) thread.serve()
      } else thread.start(response)
      if (comment) scrollToPermalink()
    } catch (reason) {
      thread.start(reason) // the program says it, and has the form
    }
    clearTimeout(late)
  }
  begin()
  return thread
}
