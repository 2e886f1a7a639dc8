// The forms and links of a thread without the program: what the thread's own page answers is put in the place of
// what is shown.

import { counterpart } from './program.js'

// The form under a comment.
const PANEL = '.dumka-comment .dumka-form'

export const run = (thread, texts) => {
  const { host, config, words } = thread
  let busy = false

  thread.refresh = async () => {
    const [section] = await thread.ask(thread.list)
    if (section) renew(section)
  }
  thread.act = async pressed => {
    if (busy) return
    const isForm = pressed.localName === 'form'
    pressed.ariaBusy = false
    for (const alert of thread.section.querySelectorAll('p.dumka-error')) alert.remove()
    if (pressed.matches('.dumka-cancel')) return cancel(pressed.form)
    if (!isForm && !pressed.href) return complain(pressed, 'action_failed')
    busy = true
    const button = isForm ? pressed.querySelector('.dumka-submit') : pressed
    button.ariaBusy = true
    if (isForm) host.dataset.composer = 'sending'
    try {
      const [section, request] = await thread.ask(...(isForm ? [pressed.action, body(pressed)] : [pressed.href]))
      if (!section) throw request
      isForm ? answered(pressed, section, request.status) : continued(section, pressed.href)
    } catch (failure) {
      button.ariaBusy = false
      const kind = reason(failure)
      complain(pressed, isForm ? 'send_failed' : 'rest_failed', kind)
      thread.tell('error', { kind: failure.status >= 400 ? 'status' : kind })
    }
    busy = false
  }

  // A comment of the reader's was taken, or came back in its form with the reason.
  const answered = (form, section, status) => {
    const isTaken = status < 300
    const before = ids()
    if (isTaken) forget(form)
    put(section)
    // Wherever the order puts it, it is the latest of those that have come.
    const [own] = ids().filter(id => !before.includes(id)).sort((one, other) => (time(one) < time(other) ? 1 : -1))
    focus(isTaken ? own && `#${CSS.escape(own)}` : '[aria-invalid=true]', '.dumka-error', '.dumka-add')
    if (!isTaken) thread.tell('error', { kind: 'status' })
    else if (!form.elements.report) thread.tell('posted', { id: own?.replace('comment-', '') ?? '' })
  }

  // What was taken is no draft any more.
  const forget = form => {
    const text = form.querySelector('[name=text]')
    text.value = ''
    text.dispatchEvent(new Event('input', { bubbles: true }))
  }

  // More of the thread came: all of it that one answer holds, or what follows on that. Or it came with a form that
  // was asked for.
  const continued = (section, address) => {
    const before = ids()
    if (/[?&]cursor=/.test(address)) append(section)
    else renew(section)
    const first = ids().find(id => !before.includes(id))
    focus(/[?&](reply|report)=/.test(address) && PANEL + ' :is(textarea, select)', first && `#${CSS.escape(first)}`)
  }

  const append = section => {
    thread.section.querySelector('.dumka-list').append(...section.querySelectorAll('.dumka-comment'))
    thread.section.querySelector('.dumka-all').replaceWith(section.querySelector('.dumka-all') ?? '')
  }

  // A section in which the form is as the reader left it.
  const renew = section => {
    const [from, to] = [thread.section, section].map(it => it.querySelector('.dumka-composer'))
    if (from && to) {
      to.open = from.open
      for (const name of ['text', 'name', 'email']) to.querySelector(`[name=${name}]`).value = from.querySelector(`[name=${name}]`).value
    }
    put(section)
  }

  const put = section => {
    thread.show(section)
    thread.remember()
    const form = section.querySelector(PANEL + ', .dumka-composer[open]')
    host.dataset.composer = !form ? 'closed' : form.querySelector('.dumka-error') ? 'rejected' : 'open'
  }

  const cancel = form => {
    const comment = form.closest('.dumka-comment')
    form.remove()
    host.dataset.composer = 'closed'
    comment.focus()
  }

  const ids = () => Array.from(thread.section.querySelectorAll('.dumka-comment'), ({ id }) => id)

  const time = id => thread.section.querySelector(`#${CSS.escape(id)} time`).dateTime

  const focus = (...selectors) => {
    for (const selector of selectors) {
      const found = selector && thread.section.querySelector(selector)
      if (found) return found.focus()
    }
  }

  // Says in the form, or else at its end of the thread, what was not done and why.
  const complain = (pressed, what, kind) => {
    const alert = Object.assign(document.createElement('p'), { className: 'dumka-error', role: 'alert', tabIndex: -1 })
    // The language may not have come either.
    const lang = texts || words[config.lang] ? config.lang : 'en'
    const textContent = texts ? [texts[what], texts[kind] ?? ''].join(' ') : words[lang]
    Object.assign(alert, { lang, textContent })
    const heading = pressed.querySelector('.dumka-form-heading')
    heading ? heading.after(alert) : (pressed.closest('.dumka-comment') ?? thread.section).append(alert)
    if (heading) host.dataset.composer = 'rejected'
    alert.focus()
  }

  const waiting = [...thread.acts]
  thread.acts.clear()
  for (const early of waiting) {
    const pressed = counterpart(thread.section, early)
    if (pressed) thread.act(pressed)
  }
}

// Why nothing came that could be shown, as a key of the words: from an event of the request, or from its answer.
const reason = ({ type, status }) => {
  if (!navigator.onLine) return 'offline'
  if (!status) return type === 'timeout' ? type : 'unreachable'
  if (status >= 500) return 'server_failed'
  return status >= 400 ? 'refused' : 'malformed'
}

// As the browser itself would send the form.
const body = form => new URLSearchParams(new FormData(form))
