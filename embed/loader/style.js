// Loads the style sheet: nothing is shown before it has its style.

import { assetUrl, make, ready } from './tag.js'

// Adds a sheet that costs no request; returns false in an old browser.
export const adopt = (root, css) => {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    return true
  } catch {}
}

// Adds the style of what is read to a place that has none, which form_style.js completes; `isReady` where it came along with the loader.
export const addStyle = (place, isReady) => {
  if (place.querySelector('link, style') || (isReady && ready && adopt(place.getRootNode(), ready.css))) return
  const sheet = make('link', { rel: 'stylesheet', href: assetUrl('reading.css') })
  place.prepend(sheet)
  return new Promise(done => (sheet.onload = sheet.onerror = done))
}
