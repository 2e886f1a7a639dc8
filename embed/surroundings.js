// Keeps what the page around does from what is shown, whoever has drawn it: guards disable buttons, a <base> leads links
// elsewhere.

import './form_events.js'
import { watchMembers } from './form_members.js'
import { page } from './page.js'
import { resendOnline } from './resend.js'

// Links within the page are its own also where a <base> says where others lead, or a route stands in the fragment.
export const anchor = section => {
  const { href, hash } = location
  if (page.baseURI === page.URL && !/^#[/!]/.test(hash)) return
  const here = href.replace(/#(?![/!]).*|(?<=#[/!][^#]*)#.*/, '')
  for (const link of section.querySelectorAll('a[href^="#"]')) link.href = here + link.getAttribute('href')
}

// What is wrong is said by a file of its own, fetched only where something may be.
const UNDOUBTED = /^(data-.+|site|page|endpoint|title|url|words|token|isolate|id|class)$/

const validateAttributes = host => {
  const isPlain = self.origin !== 'null' && !location.search
  if (isPlain && host.getAttributeNames().every(name => UNDOUBTED.test(name))) return
  import('./attributes.js').then(module => module.validate(host), () => {}) // the page may be gone by then
}

// A page that insists has its way after so many times in a second: two who never give in would stop the browser.
const ATTEMPTS_MAX = 10
const SPAN_MS = 1000
const attempts = new WeakMap()

export const isTooOften = element => {
  const now = performance.now()
  let [since, times] = attempts.get(element) ?? [now, 0]
  if (now - since > SPAN_MS) [since, times] = [now, 0]
  attempts.set(element, [since, times + 1])
  return times >= ATTEMPTS_MAX
}

// Nothing of ours is ever disabled.
const enable = records => {
  for (const { target } of records)
    if (target.disabled && (target.name || /dumka-/.test(target.className)) && !isTooOften(target)) target.disabled = false
}

const watched = new WeakSet()
const threads = new WeakSet()

export const watchOver = thread => {
  const { host, inside, section } = thread
  anchor(section)
  if (!threads.has(thread)) resendOnline(thread)
  threads.add(thread)
  // What the parser has thrown out of its element, from where no section may stand.
  for (const it of page.querySelectorAll('section.dumka')) if (!it.closest('dumka-comments')) it.remove()
  // What the page has put beside it while nobody watched.
  for (const it of inside.querySelectorAll('section.dumka')) if (it !== section) it.remove()
  if (watched.has(inside)) return
  watched.add(inside)
  validateAttributes(host)
  watchMembers(inside)
  new MutationObserver(enable).observe(inside, { subtree: true, attributeFilter: ['disabled'] })
  for (const it of inside.querySelectorAll(':disabled')) enable([{ target: it }])
}
