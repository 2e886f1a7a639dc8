// Draws the list of <dumka-latest>, in the page's own style.

import { nearestLang, page } from './page.js'
import { relative } from './times.js'

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
export const language = element => [nearestLang(element), ...navigator.languages].find(isWritten)

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

// Draws the list in a language.
export const draw = (comments, lang) => {
  const time = writer(lang)
  return make('ul', { className: 'dumka-latest-list' }, ...comments.map(comment => item(comment, time)))
}
