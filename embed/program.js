// Gets the program and lets it take the place of the thread that the loader shows. What the reader has typed,
// selected or pressed by then goes over to it. Where the program does not come, forms.js does without.

import { counterpart, field, isSending, swap } from './handover.js'
import { keep } from './drawn.js'
import { guard } from './guard.js'
import { make } from './page.js'
import { draftKey, rememberForm, storage } from './storage.js'
import { giveUp, leave, start, watch } from './supervisor.js'
import { watchOver } from './surroundings.js'

const near = name => new URL(name, import.meta.url).href

// What time it is, by the server's clock.
let clock
const times = import(near('times.js')).then(module => (clock = module))

// What a reader who pressed something waits for the program, and what one waits who sees nothing yet.
const PATIENCE_MS = 5000
const EMPTY_PATIENCE_MS = 10000
const LOOK_AGAIN_MS = 50

// The answer to the loader's request, for the program. Where none came, it asks itself, and knows why none comes; the
// reader does not wait for one a second time.
const firstOf = (thread, answer) => {
  if (answer instanceof Response) return answer
  return answer?.name === 'TimeoutError' ? Promise.reject(answer) : list(thread)
}

// Draws the thread of `answer`, or takes the place of the one that is shown; `before` is what the reader had open in it
// when a program broke.
export const run = async (thread, answer, parts, before) => {
  let isBroken
  watch(thread, parts => {
    isBroken = true
    restart(thread, parts)
  })
  const words = loadWords(thread)
  const first = firstOf(thread, answer)
  setTimeout(readClock, 0, thread.config.lang)
  thread.remember = () => remember(thread)
  if (answer) validateAttributes(thread.host)
  else {
    thread.remember()
    listenToComposition(thread)
    if (!before) validateAttributes(thread.host)
  }
  try {
    const all = Promise.all([start(parts), words, times])
    const take = isOver => all.then(all => (answer ? draw : takeOver)(thread, all, first, () => isBroken || isOver()))
    await withTimeout(thread, answer, take)
    before?.resume(thread.section)
  } catch (error) {
    if (isBroken) return
    if (answer) throw error
    if (!thread.ended) await workForms(thread, words) // what it showed may be another one's by now
  }
}

// The program is not to be had.
const workForms = async (thread, words) => {
  const forms = await import(near('forms.js'))
  forms.run(thread, await words.catch(() => null))
}

// The program broke; what it has drawn stands as it was. A new one takes its place, or none where that breaks again
// and again.
const restart = async (thread, parts) => {
  for (const widget of [thread.widget, thread.next]) widget?.end()
  thread.widget = thread.next = null
  if (thread.ended) return
  const { lookedAt } = await import(near('resume.js'))
  const before = lookedAt(thread)
  thread.emit('error', { kind: parts ? 'restarted' : 'loader' })
  if (parts) return run(thread, undefined, parts, before)
  const words = loadWords(thread)
  await workForms(thread, words)
  const { action_failed: textContent } = await words.catch(() => ({}))
  thread.section.prepend(make('p', { className: 'dumka-error', role: 'alert', textContent }))
}

const listenToComposition = thread => {
  for (const type of ['compositionupdate', 'compositionend'])
    thread.section.addEventListener(type, () => (thread.isComposing = type === 'compositionupdate'))
}

// What is wrong is said by a file of its own, fetched only where something may be.
const validateAttributes = host => {
  if (self.origin !== 'null' && !location.search && host.getAttributeNames().every(name => /^(data-.+|site|page|endpoint|title|url|words|token|isolate|id|class)$/.test(name))) return
  import(near('attributes.js')).then(module => module.validate(host))
}

// The words of the thread's language; the site's own among them came with the thread, or stand at the element.
const loadWords = async ({ config, host, section }) => {
  const file = fetch(near(config.lang + '.json'))
  const own = section?.dataset.words ?? host.getAttribute('words')
  const module = own && import(near('words.js'))
  const words = await (await file).json()
  return module ? (await module).applyPhrases(words, own) : words
}

// The first use of a language's times takes a slow phone a tenth of a second, in one piece: while the program is still
// on its way nobody waits for it.
const readClock = lang => new Intl.DateTimeFormat(lang, { timeStyle: 'short' })

// The list that is shown, for the program.
const list = ({ list }) => {
  const plain = new URL(list)
  for (const name of ['format', 'lang', 'heading-level']) plain.searchParams.delete(name)
  const answer = fetch(plain)
  Promise.all([answer, times]).then(([answer]) => clock.learnFrom(answer), () => {}) // said by the program
  return answer
}

// Gives up when the reader has waited long enough; `isOver` says so to what is under way.
const withTimeout = (thread, answer, task) =>
  new Promise((done, failed) => {
    let over = false
    const giveUp = error => {
      over = true
      failed(error)
    }
    const waits = []
    const hurry = ms => waits.push(setTimeout(giveUp, ms))
    const { queueAction } = thread
    thread.queueAction = pressed => {
      queueAction(pressed)
      hurry(PATIENCE_MS)
    }
    if (answer) hurry(EMPTY_PATIENCE_MS)
    if (thread.queue.size) hurry(PATIENCE_MS)
    const settled = task(() => over || thread.ended).then(done, giveUp)
    // Nothing of a thread that is gone is held until its time is up.
    settled.then(() => {
      waits.forEach(clearTimeout)
      if (!over) thread.queueAction = queueAction
    })
  })

const draw = (thread, [glue, texts], first, isOver) => {
  if (isOver()) return
  const { host, inside, config } = thread
  const { dir } = texts
  const root = make('section', { className: 'dumka', lang: config.lang, dir })
  thread.replaceSection(root)
  own(thread, root, mount(thread, glue, [host, root, { ...config, heading_level: config['heading-level'] }, texts, Promise.resolve(first), undefined]))
}

// A widget with what it needs of the page besides its element.
const mount = (thread, glue, given) => {
  let deaf, ended
  const listen = async after => {
    const { subscribe } = await import(near('live.js'))
    if (ended) return
    deaf?.()
    deaf = subscribe({ ...given[2], after, host: given[0] }, (...told) => widget.on_live_event(...told))
  }
  // A fragment that begins so is the route of a page that keeps it there.
  const copy = id => navigator.clipboard?.writeText(location.href.replace(/#(?![/!]).*/, '') + '#comment-' + id)
  const widget = glue.mount(...given, { listen, copy, storage, ...clock.of(given[2].lang) })
  const end = () => {
    ended = true
    deaf?.()
    for (const stop of mounted.stops) stop()
  }
  const unmount = () => {
    if (ended) return
    leave(thread)
    end()
    // Yew holds on to the element into which it has drawn.
    for (const type of thread.READER_EVENTS) given[1].removeEventListener(type, thread.onReaderEvent, true)
    widget.unmount()
    given[1].remove()
  }
  const mounted = { end, unmount, stops: [], refresh: () => widget.refresh(), takeOver: (...given) => widget.hydrate(...given) }
  return mounted
}

const own = (thread, root, widget) => {
  import(near('focus.js')).then(module => thread.ended || thread.widget !== widget || widget.stops.push(module.preserveFocus(root)))
  widget.stops.push(keep(thread, root, giveUp), guard(root))
  if (thread.host.shadowRoot) import(near('shadow_parts.js')).then(module => module.exposeParts(root))
  thread.widget = widget
  watchOver(thread)
  thread.refresh = () => widget.refresh()
}

const takeOver = async (thread, [glue, texts], first, isOver) => {
  const { host, section, config } = thread
  const root = section.cloneNode()
  // Where the form and the links of the shown thread lead, there they lead in the program's.
  const [form, link] = ['form.dumka-form', 'a[class*=dumka-]:not([href^="#"])'].map(selector => section.querySelector(selector))
  const address = form?.getAttribute('action') ?? link?.getAttribute('href')
  const thread_page = address?.replace(/&sort=.*/, '&sort=' + config.sort)
  // And at the level at which its heading stands, whoever drew it.
  const heading_level = +(section.querySelector('.dumka-count')?.localName[1] ?? config['heading-level'] ?? 2)
  let widget
  const state = await new Promise(beside => {
    widget = thread.next = mount(thread, glue, [host, root, { ...config, thread_page, heading_level }, texts, first, beside])
  })
  while (state !== 'failed' && !isOver() && isBusy(thread)) await new Promise(done => setTimeout(done, LOOK_AGAIN_MS))
  if (state === 'failed' || isOver()) {
    widget.unmount()
    throw new Error('the thread that is shown stays')
  }
  await new Promise(entered => widget.takeOver(written(section), entered))
  if (thread.ended) return widget.unmount()
  swap(thread, root)
  own(thread, root, widget)
  // Done in the order in which it was asked for, each in a task of its own, once what is drawn has been laid out:
  // what moves the focus would have it laid out at once, and the press would wait for that.
  let turn = new Promise(requestAnimationFrame)
  const acts = [...thread.queue]
  thread.queue.clear()
  for (const pressed of acts) {
    turn = turn.then(() => new Promise(done => setTimeout(done)))
    turn.then(() => press(counterpart(root, pressed)))
  }
}

// Whether something of the thread is under the reader's finger, or half a letter typed.
const isBusy = ({ section, isComposing }) => isComposing || section.matches(':active')

const press = pressed => (pressed?.querySelector('.dumka-submit') ?? pressed)?.click()

// What stands in the form, if there is one.
const written = section => {
  const form = section.querySelector('.dumka-composer')
  if (!form || !field(form, 'text')) return null // what was kept is there
  const value = name => field(form, name)?.value ?? ''
  return { open: form.open, name: value('name'), email: value('email'), text: value('text') }
}

// Keeps what is typed into the shown forms as the program would, and brings back what was kept.
const remember = thread => {
  const { config, section } = thread
  watchOver(thread)
  for (const form of section.querySelectorAll('.dumka-form')) {
    const [text, name, parent] = ['text', 'name', 'parent'].map(it => field(form, it))
    if (name && text) rememberForm(form, draftKey(config, parent?.value), text, name) // a report is no draft
  }
}
