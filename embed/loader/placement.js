// Places the element that the script tag stands for, and fills what a page may have beside threads.

import { make, page } from '../page.js'
import { ATTRIBUTES } from './settings.js'
import { supportedLang } from './language.js'
import { loadSpare, script, TAG, warnNoTag } from './tag.js'

// The element that is being placed now.
export let placed

export const placeElement = () => {
  placed = make(TAG)
  const asked = new URL(script.src).searchParams
  for (const name of ATTRIBUTES) if (asked.has(name)) placed.setAttribute(name, asked.get(name))
  for (const [name, value] of Object.entries(script.dataset)) placed.setAttribute(name.replace(/[A-Z]/, '-$&'), value)
  script.isConnected ? script.after(placed) : warnNoTag()
}

// Counts and lists about the whole site are the work of other files.
export const fillCounts = () =>
  page.querySelector('dumka-latest,dumka-discussed,[data-dumka-count]') &&
  loadSpare('counts.js', module => module.fill(script, supportedLang))
