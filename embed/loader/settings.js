// Reads the settings of one element: its attributes, the page around it, and the order that the reader chose.

import { LANG, supportedLang } from './language.js'
import { nearestLang, page } from '../page.js'
import { script } from './tag.js'

// A change of one of these begins the thread anew.
export const ATTRIBUTES = ['endpoint', 'site', 'page', 'lang', 'limit', 'sort', 'heading-level', 'isolate', 'token', 'words']
export const RULES = {
  lang: LANG,
  sort: /^(newest|oldest|best)$/,
  'heading-level': /^[1-6]$/,
  limit: /^([1-9]\d?|100)$/,
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
  const number = name => (RULES[name].test(text(name)) ? +text(name) : undefined)
  const near = nearestLang(element)
  // What the page says of itself tells it from others, query and all; its address without the query may.
  const named = text('url') ?? page.querySelector('link[rel=canonical]')?.href
  const { pathname, search } = new URL(named ?? location, location)
  const site = text('site') ?? location.hostname
  return {
    endpoint: new URL(text('endpoint') ?? new URL('api/v1/comments', script.src), location).href,
    site,
    page: text('page') ?? pathname.replace(/(.)\/+$/, '$1') + (named ? search : ''),
    url: named ?? location.href,
    lang: [text('lang'), near, ...navigator.languages, 'en'].map(supportedLang).find(lang => lang),
    limit: number('limit') ?? 20,
    sort: [storedSort(site), text('sort')].find(order => RULES.sort.test(order)) ?? 'oldest',
    'heading-level': number('heading-level'),
    comment: permalinkId(),
    title: text('title') ?? page.title,
  }
}
