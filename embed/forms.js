// The forms and links of a thread without the program: what the thread's own page answers is put in the place of
// what is shown.

export const run = (thread, texts) => {
  const { host } = thread
  let busy = false

  thread.refresh = async () => {
    const [section] = await thread.ask(thread.list)
    if (section) renew(section)
  }
  thread.act = async pressed => {
    if (busy) return
    busy = true
    const isForm = pressed.localName === 'form'
    const button = isForm ? pressed.querySelector('.dumka-submit') : pressed
    button.ariaBusy = true
    if (isForm) host.dataset.composer = 'sending'
    thread.section.querySelector('.dumka-error')?.remove()
    try {
      const [section, request] = await thread.ask(...(isForm ? [pressed.action, body(pressed)] : [pressed.href]))
      if (!section) throw request
      isForm ? answered(section, request.status) : continued(section, /[?&]cursor=/.test(pressed.href))
    } catch (failure) {
      button.ariaBusy = false
      complain(isForm, failure)
    }
    busy = false
  }

  // A comment of the reader's was taken, or came back in its form with the reason.
  const answered = (section, status) => {
    const isTaken = status < 300
    const before = ids()
    if (isTaken) forget()
    put(section)
    const own = ids().filter(id => !before.includes(id)).at(thread.config.sort === 'newest' ? 0 : -1)
    focus(isTaken ? own && `#${CSS.escape(own)}` : '[aria-invalid=true]', '.dumka-error', '.dumka-add')
    if (isTaken) thread.tell('posted', { id: own?.replace('comment-', '') ?? '' })
    else thread.tell('error', { kind: 'status' })
  }

  // What was taken is no draft any more.
  const forget = () => {
    const text = thread.section.querySelector('[name=text]')
    text.value = ''
    text.dispatchEvent(new Event('input', { bubbles: true }))
  }

  // More of the thread came: all of it that one answer holds, or what follows on that.
  const continued = (section, follows) => {
    const before = ids()
    if (follows) append(section)
    else renew(section)
    const first = ids().find(id => !before.includes(id))
    if (first) focus(`#${CSS.escape(first)}`)
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
    const composer = section.querySelector('.dumka-composer')
    host.dataset.composer = !composer?.open ? 'closed' : composer.querySelector('.dumka-error') ? 'rejected' : 'open'
  }

  const ids = () => Array.from(thread.section.querySelectorAll('.dumka-comment'), ({ id }) => id)

  const focus = (...selectors) => {
    for (const selector of selectors) {
      const found = selector && thread.section.querySelector(selector)
      if (found) return found.focus()
    }
  }

  const complain = (isForm, failure) => {
    const kind = reason(failure)
    const what = isForm ? texts?.send_failed : texts?.rest_failed
    const words = texts ? `${what} ${texts[kind]}` : thread.words()
    const alert = Object.assign(document.createElement('p'), { className: 'dumka-error', role: 'alert', tabIndex: -1, textContent: words })
    const heading = thread.section.querySelector('.dumka-form-heading')
    isForm ? heading.after(alert) : thread.section.append(alert)
    if (isForm) host.dataset.composer = 'rejected'
    alert.focus()
    thread.tell('error', { kind: failure.status >= 400 ? 'status' : kind })
  }

  const waiting = [...thread.acts]
  thread.acts.clear()
  for (const name of waiting) {
    const pressed = thread.section.querySelector('.' + name)
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
