// Keeps what a reader does in our forms from the page around: what is typed stays there, also inside a shadow root, where
// the page cannot see that it is a form, and «Send» sends, whatever the page has made of its button.

import { native } from './page.js'

const isIn = selector => it => it instanceof Element && native(it).matches(selector)
const formOf = path => path.find(isIn('section.dumka .dumka-form'))

// A button of another type, or of another form: Enter in a field asks for one that sends.
const restore = button => {
  button.type = 'submit'
  button.removeAttribute('form')
}

// What belongs to the browser goes on, and so does what closes something.
const keepKey = event => {
  const form = formOf(event.composedPath())
  if (!form) return
  const button = native(form).querySelector('.dumka-submit')
  if (event.key === 'Enter' && button instanceof HTMLButtonElement) restore(button)
  const isChord = (event.ctrlKey || event.metaKey) && !event.getModifierState?.('AltGraph')
  const isSent = isChord && event.key === 'Enter' && !event.isComposing
  const isElsewhere = isChord ? !/^(Control|Meta|Alt|Shift)$/.test(event.key) : /^(Escape|F\d+)$/.test(event.key)
  if (isElsewhere && !isSent) return
  event.stopImmediatePropagation()
  if (!isSent) return
  event.preventDefault()
  if (event.type === 'keydown' && !event.repeat) button?.click()
}

// What the page has made of the button would not send: it stands beside its form, or only looks like one.
const send = event => {
  const path = event.composedPath()
  const button = path.find(isIn('section.dumka .dumka-submit'))
  if (!button) return
  const form = formOf(path) ?? path.find(isIn('.dumka-composer, .dumka-comment'))?.querySelector('.dumka-form')
  // In a sandbox no form may be sent; what comes of it says why.
  const isSandboxed = self.origin === 'null'
  if (!form || (!isSandboxed && button.type === 'submit' && button.form === form)) return
  event.preventDefault()
  event.stopPropagation()
  if (isSandboxed) return form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  if (!native(form).contains(button)) native(form).append(button)
  native(form).requestSubmit()
}

// A page that stops every form on its way down, to send it by itself, does not stop ours: we do, once it has come here.
const STOPS = ['stopPropagation', 'stopImmediatePropagation']
const letThrough = event => {
  const path = event.composedPath()
  const section = formOf(path) && path.find(isIn('section.dumka'))
  if (!section) return
  for (const name of STOPS) event[name] = () => {}
  const take = it => STOPS.forEach(name => delete it[name])
  section.parentNode.addEventListener('submit', take, { capture: true, once: true })
}

// Where links lead that have just been pressed.
const hidden = new WeakMap()

export const hrefOf = link => hidden.get(link) ?? link.href

// A tracker that catches clicks on their way down would follow a link that is pressed here: for it, it leads nowhere. Without
// an address it would lose the focus. One within the page leads to its fragment alone: the route before that stays as it is.
const hideLink = event => {
  const link = event.composedPath().find(isIn('section.dumka a[class*=dumka-]'))
  const href = link?.getAttribute('href')
  if (href == null || event.metaKey || event.ctrlKey || event.shiftKey) return
  const fragment = /#[^#]*$/.exec(link.hash)?.[0]
  if (fragment === link.hash) return
  const nowhere = location.href.replace(/#.*/, '') + (fragment ?? '#')
  hidden.set(link, link.href)
  link.setAttribute('href', nowhere)
  setTimeout(() => {
    hidden.delete(link)
    if (link.getAttribute('href') === nowhere) link.setAttribute('href', href)
  })
}

for (const name of ['keydown', 'keypress', 'keyup']) addEventListener(name, keepKey, true)
addEventListener('click', send, true)
addEventListener('submit', letThrough, true)
addEventListener('click', hideLink, true)
