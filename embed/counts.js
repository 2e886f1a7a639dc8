// Fills the numbers of a list page: `<span data-dumka-count="news/42">`, and with `data-dumka-count-words` in words.
// Gets the file of <dumka-latest> too, where there is one: both stand beside threads, and the loader knows one name.

import { nearestLang, page } from './page.js'

// One request names so many pages, in an address that the servers in front of most sites still take.
const PAGES = 100
const ADDRESS_CHARS = 6000

const language = (span, script, supportedLang) =>
  [nearestLang(span), script.dataset.lang, ...navigator.languages, 'en'].map(supportedLang).find(Boolean)

// As few addresses as will do for all pages.
const addresses = (pages, { dataset, src }) => {
  const first = new URL((dataset.endpoint ?? new URL('api/v1/comments', src)) + '/counts', location)
  first.searchParams.set('site', dataset.site ?? location.hostname)
  const all = []
  while (pages.length) {
    const list = new URL(first)
    for (let n = 0; n < PAGES && pages.length && list.href.length < ADDRESS_CHARS; n++)
      list.searchParams.append('page', pages.shift())
    all.push(list)
  }
  return all
}

// The browser itself says on the console what did not come.
const read = address =>
  fetch(address)
    .then(answer => answer.ok && answer.json())
    .catch(() => {})

const count = (spans, script, supportedLang) => {
  const files = {}
  const places = Array.from(spans, span => {
    const lang = 'dumkaCountWords' in span.dataset && language(span, script, supportedLang)
    if (lang) files[lang] ??= read(new URL(lang + '.json', import.meta.url))
    return [span, lang]
  })
  const pages = [...new Set(Array.from(spans, span => span.dataset.dumkaCount))]
  for (const address of addresses(pages, script)) {
    read(address).then(async counts => {
      for (const [span, lang] of places) {
        const number = counts?.[span.dataset.dumkaCount]
        if (number === undefined) continue
        const forms = lang && (await files[lang])?.comments
        const form = forms?.[new Intl.PluralRules(lang).select(number)] ?? forms?.other
        span.textContent = form?.replace('{n}', number) ?? number
      }
    })
  }
}

export const fill = (script, supportedLang) => {
  count(page.querySelectorAll('[data-dumka-count]'), script, supportedLang)
  if (page.querySelector('dumka-latest')) import('./latest.js').then(module => module.define(script), () => {}) // it may not come
}
