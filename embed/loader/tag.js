// Finds the script tag of the loader, and the files that lie beside it.

import { page } from '../page.js'

export const TAG = 'dumka-comments'
export const warnNoTag = () => console.warn(TAG + ': embed.js has no tag')

// A module, or what a script of the page has fetched and runs, is run by no tag.
const tags = [page.currentScript, ...page.querySelectorAll('script[src*="embed.js"]')].filter(it => it?.src?.[0] === 'h')
export const script = tags.find(it => it.closest('body')) ?? tags[0]

// The thread that came in this script's own answer, if it was asked for one.
export const ready = __READY__

export const assetUrl = name => new URL('__ASSETS__/' + name, script.src).href
export const load = name => import(assetUrl(name))
// A file that one can do without: it may not come, or the page is gone by then.
export const loadSpare = (name, use) => load(name).then(use, () => {})
