// Reads the settings of one element: its attributes, the page around it, and the order that the reader chose.

import { LANG, supportedLang } from './language.js'
import { script } from './tag.js'

// A change of one of these begins the thread anew.
export const ATTRIBUTES = ['endpoint', 'site', 'page', 'lang', 'limit', 'sort', 'heading-level', 'isolate', 'token', 'words']
export const RULES = {
  lang: LANG,
  limit: /^([1-9]\d?|100)$/,
  sort: /^(oldest|newest|best)$/,
  'heading-level': /^[1-6]$/,
}

// The comment that the address of the page is about.
export const permalinkId = () => /#comment-(.{1,99})$/.exec(location.hash)?.[1]

const storedSort = site => {
  try {
    return localStorage['dumka:sort ' + site]
  } catch {} // storage is denied
}

export const readSettings = element => {
  const text = name => element.getAttribute(name)
  const isRight = name => RULES[name].test(text(name))
  const near = element.parentElement?.closest('[lang]')?.lang
  // What the page says of itself tells it from others, query and all; its address without the query may.
  const named = text('url') ?? document.querySelector('link[rel=canonical]')?.href
  const { pathname, search } = new URL(named ?? location, location)
  const site = text('site') ?? location.hostname
  return {
    endpoint: new URL(text('endpoint') ?? new URL('api/v1/comments', script.src), location).href,
    site,
    page: text('page') ?? pathname.replace(/(.)\/+$/, '$1') + (named ? search : ''),
    title: text('title') ?? document.title,
    url: named ?? location.href,
    lang: [text('lang'), near, ...navigator.languages, 'en'].map(supportedLang).find(Boolean),
    limit: isRight('limit') ? +text('limit') : 20,
    sort: [storedSort(site), text('sort')].find(order => RULES.sort.test(order)) ?? 'oldest',
    'heading-level': isRight('heading-level') ? +text('heading-level') : undefined,
    comment: permalinkId(),
  }
}
