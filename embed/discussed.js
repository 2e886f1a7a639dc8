// Defines <dumka-discussed>, the most discussed pages of a whole site.

import { commentCount } from './counts.js'
import { make, nearestLang } from './page.js'
import { defineSiteList } from './site_list.js'

// The page's address; nothing where that is none of the web.
const place = url => {
  try {
    const address = new URL(url)
    return /^https?:$/.test(address.protocol) && address.href
  } catch {}
}

// A title is text, and its direction ends where it ends.
const item = async ({ page, title, url, comments }, lang, files) => {
  const name = make('bdi', { textContent: title ?? page })
  const href = place(url)
  const link = href ? make('a', { className: 'dumka-discussed-link', href }) : name
  if (href) link.append(name)
  const count = make('span', { className: 'dumka-discussed-count', textContent: await commentCount(comments, lang, files) })
  const element = make('li', { className: 'dumka-discussed-item' })
  element.append(link, ' ', count)
  return element
}

const draw = async (pages, lang) => {
  const list = make('ul', { className: 'dumka-discussed-list' })
  const files = {}
  list.append(...(await Promise.all(pages.map(page => item(page, lang, files)))))
  return list
}

export const define = (script, supportedLang) => {
  const language = element =>
    [nearestLang(element), script.dataset.lang, ...navigator.languages, 'en'].map(supportedLang).find(Boolean)
  const DISCUSSED = {
    name: 'discussed',
    numbers: { limit: [5, 20], days: [7, 30] },
    items: 'pages',
    draw: (pages, element) => draw(pages, language(element)),
  }
  defineSiteList(DISCUSSED, script)
}
