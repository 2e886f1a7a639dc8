// Puts sections into the element of a thread, and gives back the place that was reserved for them.

import { READER_EVENTS } from './reader_events.js'

const RELEASE_EVENTS = ['click', 'scroll']

export const addSectionMethods = (thread, host, inside, id) => {
  thread.emit = (name, detail) =>
    host.dispatchEvent(new CustomEvent('dumka:' + name, { bubbles: true, composed: true, detail }))

  // What is left of the reserved place goes when that moves nothing in view, or at an act of the reader's.
  const release = ({ type }) => {
    if (type === 'scroll' && thread.section.getBoundingClientRect().bottom < innerHeight) return
    delete host.dataset.reserved
    for (const type of RELEASE_EVENTS) removeEventListener(type, release)
  }

  // Puts a section in the place of the one before.
  thread.replaceSection = section => {
    thread.section?.replaceWith(section)
    section.isConnected || inside.append(section)
    thread.section = section
    for (const type of READER_EVENTS) section.addEventListener(type, thread.onReaderEvent, true)
    section.dumka = id
    if (inside !== host) for (const it of [section, ...section.querySelectorAll('[class]')]) it.part = it.className
    for (const type of RELEASE_EVENTS) addEventListener(type, release)
    // Once it is laid out, so that nothing has to be laid out twice.
    new ResizeObserver((_, layout) => {
      layout.disconnect()
      release({ type: 'scroll' })
    }).observe(section)
  }

  thread.showSection = section => {
    thread.replaceSection(section)
    host.dataset.state = section.querySelector('.dumka-comment') ? 'ready' : 'empty'
    thread.emit('ready', { page: host.getAttribute('page') ?? '' })
  }

  thread.end = () => {
    thread.ended = true
    release({})
    thread.widget?.unmount()
  }
}
