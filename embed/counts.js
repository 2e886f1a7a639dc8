// Fills the numbers of a list page: `<span data-dumka-count="news/42">`, and with `data-dumka-count-words` in words.
// Gets the files of <dumka-latest> and <dumka-discussed> too, where there is one: all stand beside threads, and the loader
// knows one name.

import { nearestLang, page } from './page.js'

// One request names so many pages, in an address that the servers in front of most sites still take.
const PAGES = 100
const ADDRESS_CHARS = 6000

const language = (span, script, supportedLang) =>
  [nearestLang(span), script.dataset.lang, ...navigator.languages, 'en'].map(supportedLang).find(Boolean)

// The browser itself says on the console what did not come.
const read = address =>
  fetch(address)
    .then(answer => answer.ok && answer.json())
    .catch(() => {})

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

// The words of a language, asked for once for all that is filled together.
const words = (lang, files) => (files[lang] ??= read(new URL(lang + '.json', import.meta.url)))

// «12 comments», in the words of a language.
export const commentCount = async (number, lang, files) => {
  const forms = (await words(lang, files))?.comments
  const form = forms?.[new Intl.PluralRules(lang).select(number)] ?? forms?.other
  return form?.replace('{n}', number) ?? number
}

const count = (spans, script, supportedLang) => {
  const files = {}
  const places = Array.from(spans, span => {
    const lang = 'dumkaCountWords' in span.dataset && language(span, script, supportedLang)
    if (lang) words(lang, files)
    return [span, lang]
  })
  const pages = [...new Set(Array.from(spans, span => span.dataset.dumkaCount))]
  for (const address of addresses(pages, script)) {
    read(address).then(async counts => {
      for (const [span, lang] of places) {
        const number = counts?.[span.dataset.dumkaCount]
        if (number === undefined) continue
        span.textContent = lang ? await commentCount(number, lang, files) : number
      }
    })
  }
}

export const fill = (script, supportedLang) => {
  count(page.querySelectorAll('[data-dumka-count]'), script, supportedLang)
  const define = module => module.define(script, supportedLang)
  // They may not come.
  if (page.querySelector('dumka-latest')) import('./latest.js').then(define, () => {})
  if (page.querySelector('dumka-discussed')) import('./discussed.js').then(define, () => {})
}
