// Loads the style sheet: nothing is shown before it has its style.

import { assetUrl, ready } from './tag.js'
import { make } from '../page.js'

// Adds a sheet that costs no request; returns nothing in an old browser, or where the page hides the sheets.
export const adopt = (root, css) => {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    return root.adoptedStyleSheets.push(sheet)
  } catch {}
}

// Adds the style of what is read to a place that has none, which form_style.js completes; `isReady` where it came along with the loader.
export const addStyle = (place, isReady) => {
  if (place.querySelector('link, style') || (isReady && ready && adopt(place.getRootNode(), ready.css))) return
  const sheet = make('link', { href: assetUrl('reading.css'), rel: 'stylesheet' })
  place.prepend(sheet)
  return new Promise(done => (sheet.onload = sheet.onerror = done))
}
