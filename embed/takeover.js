// Lets the program take the place of the thread that is shown, as it is then. It draws beside; where the reader has done
// something meanwhile, what is drawn has grown old, and it begins anew. What is half done is never taken over.

import { rememberForm } from './drafts.js'
import { counterpart, field, type } from './handover.js'
import { fetchList } from './list.js'
import { mount, own } from './mount.js'
import { swap } from './swap.js'

const LOOK_AGAIN_MS = 50

// What went wrong is shown until the reader goes on: the program would not know of it.
const isTold = ({ section, readError }) => {
  const error = section.querySelector('.dumka-error')
  return error && error !== readError
}

// Until nothing of the thread is under way, under the reader's finger, half a letter typed, or an error to be read.
const idle = async (thread, isOver, isResumed) => {
  const isBusy = () => thread.isComposing || thread.section.matches(':active') || (!isResumed && isTold(thread))
  while (!isOver() && (thread.acting || isBusy()))
    await (thread.acting ?? new Promise(done => setTimeout(done, LOOK_AGAIN_MS)))
}

const drawBeside = async (thread, [glue, texts], answer) => {
  const { host, section, config } = thread
  const root = section.cloneNode()
  // Where the form and the links of the shown thread lead, there they lead in the program's.
  const find = selector => section.querySelector(selector)
  const link = 'a[class*=dumka-]:not([href^="#"])'
  const address = find('form.dumka-form')?.getAttribute('action') ?? find(link)?.getAttribute('href')
  const thread_page = address?.replace(/&sort=.*/, '&sort=' + config.sort)
  // And at the level at which its heading stands, whoever drew it.
  const heading_level = +(section.querySelector('.dumka-count')?.localName[1] ?? config['heading-level'] ?? 2)
  let widget
  const state = await new Promise(beside => {
    const settings = { ...config, thread_page, heading_level }
    widget = thread.next = mount(thread, glue, [host, root, settings, texts, answer, beside])
  })
  return { root, widget, isDrawn: state !== 'failed' }
}

// What stands in the form, if there is one.
const written = section => {
  const form = section.querySelector('.dumka-composer')
  if (!form || !field(form, 'text')) return null // what was kept is there
  const value = name => field(form, name)?.value ?? ''
  return { open: form.open, name: value('name'), email: value('email'), text: value('text') }
}

// What was typed while the program took what had been typed before.
const retype = (root, typed) => {
  const composer = root.querySelector('.dumka-composer')
  for (const name of typed && composer ? ['text', 'name', 'email'] : []) type(field(composer, name), typed[name])
}

const press = pressed => (pressed?.querySelector('.dumka-submit') ?? pressed)?.click()

// Done in the order in which it was asked for, each in a task of its own, once what is drawn has been laid out:
// what moves the focus would have it laid out at once, and the press would wait for that.
const pressQueued = (thread, root) => {
  let turn = new Promise(requestAnimationFrame)
  const acts = [...thread.queue]
  thread.queue.clear()
  for (const pressed of acts) {
    turn = turn.then(() => new Promise(done => setTimeout(done)))
    turn.then(() => press(counterpart(root, pressed)))
  }
}

// What is pressed while the sections are exchanged is done after that.
const exchange = async (thread, root, widget) => {
  const { queueAction } = thread
  thread.queueAction = pressed => thread.queue.add(pressed)
  await new Promise(entered => widget.takeOver(written(thread.section), entered))
  thread.queueAction = queueAction
  if (thread.ended) return widget.unmount()
  retype(root, written(thread.section))
  // What was said last stays said; the program writes its own over it.
  const [said, next] = [thread.section, root].map(it => it.querySelector(':scope > .dumka-notice[role=status]'))
  if (said?.textContent && next?.firstChild?.data === '') next.firstChild.data = said.textContent
  swap(thread, root)
  own(thread, root, widget)
  thread.acts = 0
  thread.submitted?.clear()
  pressQueued(thread, root)
}

const drawn = () => new Promise(done => setTimeout(done, LOOK_AGAIN_MS))

// Shows in what was drawn beside what the reader has made of the thread.
const bringUp = async (thread, { root, widget }) => {
  const { lookedAt } = await import('./resume.js')
  // What was sent may be beyond what the list holds: shown as what comes from others is, after a press.
  for (const comment of thread.submitted.values()) widget.showOwn(comment)
  await drawn()
  root.querySelector('.dumka-new')?.click()
  await drawn()
  const look = lookedAt(thread)
  await look.prepare(root)
  return look
}

// `isOver` says that this is given up; `isResumed` that what was open is opened again after it.
export const takeOver = async (thread, parts, { answer, acts }, isOver, isResumed) => {
  // The program would take the empty form for what was typed.
  if (!thread.submitted) for (const form of thread.section.querySelectorAll('.dumka-form')) rememberForm(thread.config, form)
  for (let list = answer, listed = acts; ; list = null) {
    await idle(thread, isOver, isResumed)
    if (isOver()) return
    const isOld = listed !== (thread.acts ?? 0)
    listed = thread.acts ?? 0
    const beside = await drawBeside(thread, parts, list && !isOld ? list : fetchList(thread))
    await idle(thread, isOver, isResumed)
    const isNew = () => !thread.acting && (thread.acts ?? 0) === listed
    const look = beside.isDrawn && listed && isNew() && !isResumed ? await bringUp(thread, beside) : null
    await idle(thread, isOver, isResumed)
    if (beside.isDrawn && !isOver() && isNew()) {
      look?.retype(beside.root)
      return exchange(thread, beside.root, beside.widget)
    }
    if (!beside.isDrawn || isOver()) {
      beside.widget.unmount()
      throw new Error('the thread that is shown stays')
    }
    beside.widget.discard()
  }
}
