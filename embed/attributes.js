// Warns on the console, once, of what is wrong with the attributes of a <dumka-comments>.

import { page } from './page.js'

const warned = new Set()

const warn = (name, value, accepted, otherwise) => {
  const text = `dumka-comments: ${name}="${value}" is not accepted; accepted: ${accepted}. ${otherwise}`
  if (!warned.has(text)) console.warn(text)
  warned.add(text)
}

// What the loader does not look at until it is needed.
const others = { theme: /^(auto|light|dark)$/, load: /^(lazy|eager|manual)$/ }

// `^(light|dark)$` as «light, dark».
const ranges = { limit: '1 to 100', 'heading-level': '1 to 6' }
const choices = (name, rule) => ranges[name] ?? (rule.source.match(/\((.*)\)/)[1].replaceAll('|', ', '))

// An address without its query tells no pages apart that differ by that alone. Whether they do, the site knows.
const reportPage = element => {
  const named = element.getAttribute('url') ?? page.querySelector('link[rel=canonical]')?.href
  if (named || element.hasAttribute('page') || !location.search) return
  const { pathname, search } = location
  const text = `dumka-comments: every address of ${pathname} shares one thread, whatever its query (here ${search}). Where that tells articles apart, give the element a page or the document a <link rel="canonical">.`
  if (!warned.has(pathname)) console.warn(text)
  warned.add(pathname)
}

// A page in a sandbox, or one that lies in a folder.
const reportOrigin = () => {
  const text = 'dumka-comments: this page has no origin (a sandbox without allow-same-origin, or file://): comments can be read here, and none can be sent.'
  if (self.origin === 'null' && !warned.has(text)) console.warn(text)
  warned.add(text)
}

export const validate = element => {
  reportOrigin()
  reportPage(element)
  const { observedAttributes, rules } = element.constructor
  const all = { ...rules, ...others }
  const known = [...new Set([...observedAttributes, ...Object.keys(all), 'title', 'url'])].filter(name => name !== 'data-state')
  for (const { name, value } of element.attributes) {
    const rule = Object.hasOwn(all, name) && all[name]
    const otherwise = name === 'lang' ? 'The language of the page or the browser is used.' : 'The default is used.'
    if (rule && !rule.test(value)) warn(name, value, choices(name, rule), otherwise)
    // What any element may carry is none of ours.
    if (!known.includes(name) && !(name in element) && !/^(data-|aria-|on|class$|part$|role$|tabindex$)/.test(name))
      warn(name, value, known.join(', '), 'It is ignored.')
  }
}
