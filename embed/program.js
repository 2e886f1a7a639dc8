// Gets the program and lets it draw the thread, or take the place of the one that the loader shows. Until then, and where
// the program does not come, forms.js does what is pressed.

import { addFormStyle } from './form_style.js'
import { fetchList, times } from './list.js'
import { make } from './page.js'
import { phrases } from './phrases.js'
import { mount, own } from './mount.js'
import { start, watch } from './supervisor.js'
import { watchOver } from './surroundings.js'
import { takeOver } from './takeover.js'

// What a reader waits who sees nothing yet.
const PATIENCE_MS = 10000
// And one who pressed something when the program broke.
const PRESS_PATIENCE_MS = 5000

// The answer to the loader's request, for the program. Where none came, it asks itself, and knows why none comes; the
// reader does not wait for one a second time.
const firstOf = (thread, answer) => {
  if (answer instanceof Response) return answer
  return answer?.name === 'TimeoutError' ? Promise.reject(answer) : fetchList(thread)
}

// Draws the thread of `answer`, or takes the place of the one that is shown; `before` is what the reader had open in it
// when a program broke.
export const run = async (thread, answer, parts, before) => {
  let isBroken
  const isOver = () => isBroken || thread.ended
  watch(thread, parts => {
    isBroken = true
    restart(thread, parts)
  })
  addFormStyle(thread)
  if (!answer) thread.serve()
  const texts = phrases(thread)
  const first = { acts: thread.acts ?? 0, answer: firstOf(thread, answer) }
  setTimeout(readClock, 0, thread.config.lang)
  if (!answer) {
    watchOver(thread)
    listenToComposition(thread)
  }
  const all = Promise.all([start(parts), texts, times])
  try {
    if (answer) return await inTime(isOver => all.then(all => isOver() || draw(thread, all, first.answer)))
    const here = await all
    // What takes long under way goes on in the program.
    thread.isAwaited = true
    await takeOver(thread, here, first, isOver, before)
    before?.resume(thread.section)
  } catch (error) {
    // What is shown goes on without the program, which the next act asks for anew.
    if (!isBroken) throw error
  } finally {
    thread.isAwaited = false
  }
}

// The program broke; what it has drawn stands as it was. A new one takes its place, or none where that breaks again
// and again.
const restart = async (thread, parts) => {
  for (const widget of [thread.widget, thread.next]) widget?.end()
  thread.widget = thread.next = null
  if (thread.ended) return
  const release = holdPresses(thread)
  const { lookedAt } = await import('./resume.js')
  const before = lookedAt(thread)
  thread.emit('error', { kind: parts ? 'restarted' : 'loader' })
  if (parts) await run(thread, undefined, parts, before)
  release()
  if (parts) return
  thread.serve()
  const { action_failed: textContent } = await phrases(thread).catch(() => ({}))
  thread.section.prepend(make('p', { className: 'dumka-error', role: 'alert', textContent }))
}

// What is pressed while a new program is on its way is done by that, unless it does not come.
const holdPresses = thread => {
  const { queueAction } = thread
  thread.queueAction = pressed => thread.queue.add(pressed)
  const release = () => {
    clearTimeout(late)
    thread.queueAction = queueAction
    const early = [...thread.queue]
    if (thread.widget) return
    thread.queue.clear()
    early.forEach(queueAction)
  }
  const late = setTimeout(release, PRESS_PATIENCE_MS)
  return release
}

const listenToComposition = thread => {
  for (const type of ['compositionupdate', 'compositionend'])
    thread.section.addEventListener(type, () => (thread.isComposing = type === 'compositionupdate'))
}

// The first use of a language's times takes a slow phone a tenth of a second, in one piece: while the program is still
// on its way nobody waits for it.
const readClock = lang => new Intl.DateTimeFormat(lang, { timeStyle: 'short' })

// Gives up when the reader has waited long enough; `isOver` says so to what is under way.
const inTime = task =>
  new Promise((done, failed) => {
    let isLate
    const late = setTimeout(() => {
      isLate = true
      failed()
    }, PATIENCE_MS)
    task(() => isLate).then(done, failed).then(() => clearTimeout(late))
  })

const draw = (thread, [glue, texts], first) => {
  const { host, inside, config } = thread
  if (thread.ended) return
  const { dir } = texts
  const root = make('section', { className: 'dumka', lang: config.lang, dir })
  thread.replaceSection(root)
  const settings = { ...config, heading_level: config['heading-level'] }
  own(thread, root, mount(thread, glue, [host, root, settings, texts, Promise.resolve(first), undefined]))
}
