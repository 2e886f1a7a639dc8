// Does what the reader presses until the program is there, by the thread's own page on the server: each act is one request,
// and the answer to it is put in the place of what it changes. One act follows another in the order of the presses.

import { attempt, keepDraft, rememberForm } from './drafts.js'
import { addFormStyle } from './form_style.js'
import { focus, PANEL, showDone, showForm } from './form_answer.js'
import { counterpart, field, ownClass, placeOf } from './handover.js'
import { phrases } from './phrases.js'
import { keepSection } from './section_keeper.js'
import { keepVote, ownToken, readerToken, showVotes } from './session.js'
import { watchOver } from './surroundings.js'

// Time for a press that follows at once, with which nothing shall compete on the line.
const SOON_MS = 500
const IDLE_MS = 3000

const idOf = comment => comment.id.slice('comment-'.length)

// The thread's page in the order that is shown, without what a link of it asks for.
const pageOf = ({ config, section }) => {
  const [form, link] = ['.dumka-form', 'a[class*=dumka-][href*="&sort="]'].map(it => section.querySelector(it))
  const address = form?.getAttribute('action') ?? link?.href
  return address?.replace(/&sort=.*/, '&sort=' + config.sort)
}

// Sends what is asked for; the answer is a part of the thread, and whether that was done.
const post = async (thread, fields) => {
  const level = thread.section.querySelector('.dumka-count')?.localName[1] ?? 2
  const address = `${pageOf(thread)}&scripted&heading-level=${level}`
  const [came, request] = await thread.fetchThread(address, { method: 'POST', body: new URLSearchParams(fields) })
  if (!came) throw request
  return [came, request.status < 300, request]
}

// As the browser itself would send the form, and what the program would know besides.
const fieldsOf = ({ config }, form) => {
  const fields = Object.fromEntries(new FormData(form))
  const comment = form.closest('.dumka-comment')
  if (field(form, 'report')) return { ...fields, token: readerToken() }
  if (comment && !field(form, 'parent')) {
    const id = idOf(comment)
    return { ...fields, [field(form, 'text') ? 'edit' : 'delete']: id, token: ownToken(config, id) }
  }
  const { key, request } = attempt(config, form)
  const { author, text, title, url = '' } = request
  return { ...fields, ...author, text, key, title, url }
}

const send = async (thread, form) => {
  const { host, section } = thread
  const button = form.querySelector('.dumka-submit')
  const at = form.closest('.dumka-comment')
  host.dataset.composer = 'sending'
  button.ariaBusy = true
  try {
    const [came, isDone, request] = await post(thread, fieldsOf(thread, form))
    if (isDone) return await showDone(thread, came, form)
    if (!showForm(thread, came, at, 'rejected')) throw request
    ;(section.querySelector('[aria-invalid=true]') ?? section.querySelector('.dumka-error'))?.focus()
    thread.emit('error', { kind: 'status' })
  } finally {
    button.ariaBusy = false
  }
}

const preview = async (thread, button) => {
  const { form } = button
  const shown = form.querySelector('.dumka-preview-body')
  button.ariaPressed = !shown
  if (shown) return shown.remove()
  const fields = { ...fieldsOf(thread, form), preview: '' }
  const [came, , request] = await post(thread, fields)
  if (!showForm(thread, came, form.closest('.dumka-comment'))) throw request
}

// Has a form come under a comment, or a vote on it be counted.
const ask = async (thread, control, kind) => {
  const comment = control.closest('.dumka-comment')
  const id = idOf(comment)
  const value = /vote/.test(kind) && (control.ariaPressed === 'true' ? 0 : kind === 'vote-up' ? 1 : -1)
  const token = /edit|delete/.test(kind) ? ownToken(thread.config, id) : ''
  const form = { open: '', [kind === 'reply' ? 'parent' : kind]: id, token }
  const fields = value === false ? form : { vote: id, value, token: readerToken() }
  const [came, isDone, request] = await post(thread, fields)
  const error = came.querySelector('p.dumka-error')
  if (error) comment.querySelector('.dumka-actions').append(error)
  if (!isDone || error) throw error ? undefined : request
  if (value === false) {
    thread.section.querySelector(PANEL)?.remove()
    if (!showForm(thread, came, comment)) throw request
    return focus(thread, PANEL + ' :is(textarea, select)', PANEL + ' .dumka-submit')
  }
  keepVote(thread.config, id, value)
  showVotes(thread.config, came)
  comment.querySelector('.dumka-votes').replaceWith([...came.querySelectorAll('.dumka-votes')].pop())
}

const cancel = (thread, { form }) => {
  const comment = form.closest('.dumka-comment')
  form.remove()
  thread.host.dataset.composer = 'closed'
  comment.focus()
}

const act = async (thread, pressed, turn) => {
  const kind = ownClass(pressed).slice('dumka-'.length)
  if (kind === 'form') return send(thread, pressed)
  if (kind === 'preview') return preview(thread, pressed)
  if (kind === 'cancel') return cancel(thread, pressed)
  if (kind === 'fold') return (await import('./folds.js')).fold(thread, pressed)
  if (pressed.closest('.dumka-comment')) return ask(thread, pressed, kind)
  if (kind === 'all') return (await import('./rest.js')).showRest(thread, pressed, pageOf(thread), turn)
  return (await import('./more.js')).more(thread, kind)
}

const begin = async (thread, before, early, turn) => {
  // Another act, or the page, may put something else in the place of what was pressed.
  const around = placeOf(early)
  await before
  const pressed = early.isConnected ? early : counterpart(thread.section, early, around)
  if (thread.ended || !pressed) return
  for (const alert of thread.section.querySelectorAll('p.dumka-error')) alert.remove()
  try {
    pressed.ariaBusy = true
    await act(thread, pressed, turn)
  } catch (failure) {
    const { complain } = await import('./complaint.js')
    const elsewhere = pressed.closest('.dumka-comment') ? 'action_failed' : 'rest_failed'
    if (failure) await complain(thread, pressed, pressed.matches('form') ? 'send_failed' : elsewhere, failure)
  } finally {
    pressed.ariaBusy = false
  }
}

// Who types on has read what went wrong.
const goOn = (thread, control) => {
  const form = control.closest('.dumka-form')
  if (form) keepDraft(thread.config, form)
  thread.readError = thread.section.querySelector('.dumka-error')
  if (control.ariaInvalid !== 'true') return
  control.ariaInvalid = control.ariaDescription = null
  control.parentNode.querySelector('.dumka-error')?.remove()
  thread.host.dataset.composer = 'open'
}

// The program comes at a moment when the line has nothing else to do, unless it is slow or its data are dear.
const startWhenIdle = thread => {
  const line = navigator.connection
  const isDear = line?.saveData || /[23]g/.test(line?.effectiveType)
  if (thread.host.getAttribute('load') === 'eager') thread.start()
  else if (!isDear) setTimeout(thread.start, IDLE_MS)
}

export const run = thread => {
  if (thread.submitted || thread.widget) return
  addFormStyle(thread)
  watchOver(thread)
  keepSection(thread)
  thread.submitted = new Map()
  thread.acts = 0
  const prepare = () => {
    // There before it is known whether anything fails: the line may be gone by then.
    phrases(thread).catch(() => {})
    setTimeout(() => thread.acting ?? thread.start(), SOON_MS)
  }
  for (const type of ['pointerdown', 'keydown']) thread.section.addEventListener(type, prepare, { once: true })
  // What is pressed again before it is done is the same press.
  const waiting = new Set()
  thread.queueAction = control => {
    // A button that the page has made one of another type.
    const pressed = control.matches('.dumka-submit') ? control.closest('form') : control
    if (waiting.has(pressed)) return
    waiting.add(pressed)
    const turn = ++thread.acts
    pressed.ariaBusy = true
    // Whatever went wrong with one act, those that follow are done.
    const acting = begin(thread, thread.acting, pressed, turn).catch(console.error).then(() => {
      waiting.delete(pressed)
      if (thread.acting !== acting) return
      thread.acting = null
      thread.start()
    })
    thread.acting = acting
  }
  thread.section.addEventListener('input', ({ target }) => goOn(thread, target))
  for (const form of thread.section.querySelectorAll('.dumka-form')) rememberForm(thread.config, form)
  showVotes(thread.config, thread.section)
  const early = [...thread.queue]
  thread.queue.clear()
  early.forEach(thread.queueAction)
  startWhenIdle(thread)
  // Likewise.
  for (const name of ['complaint', 'folds', 'more', 'rest']) import(`./${name}.js`).catch(() => {})
}
