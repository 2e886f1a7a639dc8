// What windows of an origin say to each other. Anybody on the page can say something: what is kept is bounded.

import { EVENTS } from './live_events.js'

const PAGES = 100
const PAGE_CHARS = 2048

const isPosition = it => Number.isSafeInteger(it) && it >= 0
const isPage = it => typeof it === 'string' && it.length <= PAGE_CHARS
const isWanted = it => Array.isArray(it) && isPage(it[0]) && it[0].trim() && isPosition(it[1])

export const isMessage = it => typeof it === 'object' && it !== null && typeof it.window === 'string'

// An event as the connection tells it.
export const isEvent = ({ event, page, data, from, at }) =>
  [...EVENTS, 'moved'].includes(event) &&
  isPage(page) &&
  typeof data === 'string' &&
  isPosition(from) &&
  (at === undefined || isPosition(at))

// The pages that a window wants, each with the position to which it has come; what is already known of one stays.
export const pagesOf = (wanted, known) =>
  new Map(wanted.slice(0, PAGES).filter(isWanted).map(([page, at]) => [page, known?.get(page) ?? at]))
