// Works the forms and links of a thread without the program: what the thread's own page answers is put in the place of
// what is shown.
// tidy: function-length: the actions of one thread, which share what is under way

import { counterpart, field, ownClass } from './handover.js'
import { make } from './page.js'
import { storage } from './storage.js'
import { showVotes, vote } from './vote.js'

// The form under a comment.
const PANEL = '.dumka-comment .dumka-form'

export const run = (thread, texts) => {
  const { host, config, words } = thread
  let busy = false

  thread.refresh = async () => {
    const [section] = await thread.fetchThread(thread.list)
    if (section) renew(section)
  }
  thread.queueAction = async pressed => {
    if (busy) return
    const isForm = pressed.localName === 'form'
    pressed.ariaBusy = false
    for (const alert of thread.section.querySelectorAll('p.dumka-error')) alert.remove()
    if (pressed.matches('.dumka-cancel')) return cancel(pressed.form)
    if (pressed.matches('.dumka-fold')) return fold(pressed)
    const isVote = pressed.matches('.dumka-votes *')
    if (!isForm && !isVote && !pressed.href) return complain(pressed, 'action_failed')
    busy = true
    const button = isForm ? pressed.querySelector('.dumka-submit') : pressed
    button.ariaBusy = true
    if (isForm) host.dataset.composer = 'sending'
    try {
      if (isVote) return await vote(config, pressed)
      const address = isForm ? pressed.getAttribute('action') : leads(pressed)
      const [section, request] = await thread.fetchThread(address + '&scripted', isForm && body(pressed))
      if (!section) throw request
      if (pressed.matches('.dumka-sort *')) storage.setItem('dumka:sort ' + config.site, ownClass(pressed).slice('dumka-'.length))
      isForm ? answered(pressed, section, request.status) : continued(section, address)
    } catch (failure) {
      complain(pressed, isForm ? 'send_failed' : isVote ? 'action_failed' : 'rest_failed', failure)
    } finally {
      busy = button.ariaBusy = false
    }
  }

  // Where a link of ours leads, by what it is: the page around may have led it elsewhere.
  const leads = link => {
    const page = thread.section.querySelector('.dumka-form')?.getAttribute('action')
    const id = link.closest('.dumka-comment')?.id.slice('comment-'.length)
    const kind = ownClass(link).slice('dumka-'.length)
    if (!page || /[?&]cursor=/.test(link.href)) return link.href
    if (id) return `${page}&${kind}=${id}`
    return kind === 'all' ? page + '&limit=all' : kind === 'earlier' ? page : page.replace(/[^=]*$/, kind)
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
    if (!isTaken) thread.emit('error', { kind: 'status' })
    else if (!field(form, 'report')) thread.emit('posted', { id: own?.replace('comment-', '') ?? '' })
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
    showVotes(config, thread.section)
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

  // What a text would look like the program alone can draw.
  const hidePreview = section => section.querySelectorAll('button.dumka-preview').forEach(button => button.remove())

  const put = section => {
    hidePreview(section)
    showVotes(config, section)
    thread.showSection(section)
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

  // What the replies to a comment are folded up by; one more of them that is folded up stays so.
  const fold = button => {
    const comment = button.closest('.dumka-comment')
    const folds = button.ariaExpanded === 'true'
    const branch = branchOf(comment)
    button.ariaExpanded = !folds
    for (const it of branch) it.hidden = folds
    const inner = folds ? [] : branch.filter(it => it.querySelector('.dumka-fold[aria-expanded=false]'))
    for (const it of inner.flatMap(branchOf)) it.hidden = true
    if (texts) rename(button, folds ? count('replies', branch.length) : texts.hide_replies)
  }

  // Writes a button anew, and whose it is into its accessible name.
  const rename = (button, text) => {
    const author = button.closest('.dumka-comment').querySelector('.dumka-author').textContent
    button.textContent = text
    if (author) button.ariaLabel = `${text}: ${author}`
  }

  // The comments that follow one deeper. Where the depth goes no further, they tell what they answer.
  const branchOf = comment => {
    const branch = []
    const depth = it => +it?.dataset.depth
    const parents = [comment.id.slice('comment-'.length)]
    for (let it = comment.nextElementSibling; it; it = it.nextElementSibling) {
      if (!(depth(it) > depth(comment) || parents.includes(it.dataset.parent))) break
      parents.push(it.id.slice('comment-'.length))
      branch.push(it)
    }
    return branch
  }

  const count = (what, number) => {
    const forms = texts[what]
    return (forms[new Intl.PluralRules(config.lang).select(number)] ?? forms.other).replace('{n}', number)
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
  const complain = (pressed, what, failure) => {
    const kind = failure && reason(failure)
    const wait = failure?.headers?.get('retry-after') ?? failure?.getResponseHeader?.('retry-after')
    if (failure) thread.emit('error', { kind: failure.status >= 400 ? 'status' : kind })
    const alert = make('p', { className: 'dumka-error', role: 'alert', tabIndex: -1 })
    // The language may not have come either.
    const lang = texts || words[config.lang] ? config.lang : 'en'
    const textContent = texts ? [texts[what], texts[kind], wait && count('retry_secs', wait)].join(' ') : words[lang]
    Object.assign(alert, { lang, textContent })
    const heading = pressed.querySelector('.dumka-form-heading')
    heading ? heading.after(alert) : (pressed.closest('.dumka-comment') ?? thread.section).append(alert)
    if (heading) host.dataset.composer = 'rejected'
    alert.focus()
  }

  hidePreview(thread.section)
  showVotes(config, thread.section)
  const waiting = [...thread.queue]
  thread.queue.clear()
  for (const early of waiting) {
    const pressed = counterpart(thread.section, early)
    // A button that the page has made one of another type.
    if (pressed) thread.queueAction(pressed.matches('.dumka-submit') ? pressed.closest('form') : pressed)
  }
}

// Why nothing came that could be shown, as a key of the words: from an event of the request, or from its answer.
const reason = ({ type, status }) => {
  if (!navigator.onLine) return 'offline'
  if (status === 429) return 'rate_limited'
  if (!status) return type === 'timeout' ? type : 'unreachable'
  if (status >= 500) return 'server_failed'
  return status >= 400 ? 'refused' : 'malformed'
}

// As the browser itself would send the form.
const body = form => new URLSearchParams(new FormData(form))
