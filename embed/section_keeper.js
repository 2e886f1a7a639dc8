// Keeps the thread that is shown, and what is typed into it, until the program is there, which sees to its own: where the
// page exchanges the section for a copy of it, or empties the element, it is put back; a copy of a form has the draft.

import { rememberForm } from './drafts.js'
import { activeIn, native, page } from './page.js'
import { isTooOften } from './surroundings.js'

const ELEMENT = 1
const elements = nodes => [...nodes].filter(it => it.nodeType === ELEMENT)
const isStyle = it => it.localName === 'link' || it.localName === 'style'

// The element with the focus, also when it is gone. Where the reader left, that is nothing.
const watchFocus = section => {
  const place = {}
  section.addEventListener('focusin', ({ target }) => (place.focused = target))
  section.addEventListener('focusout', () => setTimeout(() => section.contains(activeIn(section)) || (place.focused = null)))
  return place
}

const formsIn = element => {
  const around = native(element).closest('.dumka-form')
  return around ? [around] : native(element).querySelectorAll('.dumka-form')
}

// The id by which a comment is known stands in its link, too, where the page takes it away.
const restoreIds = section => {
  for (const it of section.querySelectorAll('.dumka-comment:not([id^=comment-])')) {
    const link = it.querySelector('.dumka-permalink')
    if (link && !isTooOften(it)) it.id = link.hash.replace(/.*#/, '')
  }
}

export const keepSection = thread => {
  const { config, host, inside, section } = thread
  const place = watchFocus(section)
  const putBack = styles => {
    inside.querySelector('section.dumka')?.remove()
    if (!inside.querySelector('link, style')) inside.prepend(...styles)
    inside.append(section)
    const active = activeIn(section) ?? page.body
    if (active === page.body || active === host) place.focused?.focus({ preventScroll: true })
  }
  const observer = new MutationObserver(records => {
    if (thread.ended || thread.section !== section) return observer.disconnect()
    if (records.some(it => it.type === 'attributes')) restoreIds(section)
    for (const it of records.flatMap(it => elements(it.addedNodes)))
      if (section.contains(it)) for (const form of formsIn(it)) rememberForm(config, form)
    if (!inside.contains(section) && host.isConnected) putBack(records.flatMap(it => [...it.removedNodes]).filter(isStyle))
  })
  for (const it of new Set([host, inside])) observer.observe(it, { childList: true })
  observer.observe(section, { subtree: true, childList: true, attributeFilter: ['id'] })
  restoreIds(section)
}
