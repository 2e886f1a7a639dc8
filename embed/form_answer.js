// Puts what the server has answered in the place of what it changes; the rest of the thread stays as the reader has it.

import { forgetDraft, rememberForm } from './drafts.js'
import { field, idSelector } from './handover.js'
import { keepOwn, showVotes } from './session.js'

// The form under a comment, and the thread's own.
export const PANEL = '.dumka-comment .dumka-form'
export const COMPOSED = '.dumka-composer .dumka-form'

const find = (thread, id) => (id ? thread.section.querySelector(idSelector(id)) : null)

export const focus = (thread, ...selectors) => {
  for (const selector of selectors) {
    const found = selector && thread.section.querySelector(selector)
    found?.focus()
    // One goes on where the text ends.
    if (found?.localName === 'textarea') found.setSelectionRange(found.value.length, found.value.length)
    if (found) return
  }
}

const show = (thread, state) => {
  const { host, section } = thread
  const isOpen = section.querySelector(PANEL + ', .dumka-composer[open]')
  host.dataset.composer = state ?? (isOpen ? 'open' : 'closed')
  host.dataset.state = section.querySelector('.dumka-comment') ? 'ready' : 'empty'
}

// What is said of the thread as a whole: the number of its comments, and what was done.
const say = ({ section }, came) => {
  for (const selector of ['.dumka-count', ':scope > [role=status]']) {
    const [from, to] = [came, section].map(it => it.querySelector(selector))
    if (from && to) Object.assign(to, { className: from.className, textContent: from.textContent })
  }
  const sort = came.querySelector('.dumka-sort')
  if (sort && !section.querySelector('.dumka-sort')) section.querySelector(':scope > [role=status]')?.after(sort)
}

// A form that came in the place of another one, with what the reader has typed by now.
const refill = (form, fresh, names) => {
  for (const name of names) {
    const [from, to] = [form, fresh].map(it => field(it, name))
    if (from && to) to.value = from.value
  }
  form.replaceWith(fresh)
}

// Shows the form that came at a comment, or in the place of the one that stands there; false where none came.
export const showForm = (thread, came, at, state) => {
  const fresh = came.querySelector(at ? PANEL : COMPOSED)
  if (!fresh) return false
  const shown = (at ?? thread.section).querySelector('.dumka-form')
  if (shown) refill(shown, fresh, ['text', 'name', 'email', 'reason'])
  else {
    thread.section.querySelector(PANEL)?.remove()
    at.append(fresh)
  }
  rememberForm(thread.config, fresh)
  show(thread, state)
  return true
}

// The form has done its work: the one under a comment goes, the thread's own is as new.
const clear = (thread, came, form) => {
  forgetDraft(thread.config, form)
  const composer = form.closest('.dumka-composer')
  const fresh = came.querySelector(COMPOSED)
  if (!composer || !fresh) return form.remove()
  refill(form, fresh, ['name', 'email'])
  composer.open = false
  rememberForm(thread.config, fresh)
}

// Takes a comment that stands there already for what it has become; its replies stay folded as they were.
const exchange = (shown, came) => {
  const fold = shown.querySelector('.dumka-fold')
  if (fold) came.querySelector('.dumka-reply')?.after(fold)
  shown.replaceWith(came)
}

// Puts a comment where its order does: a reply last of those to what it answers, another one first or last of all.
const insert = async ({ config, section }, comment, above) => {
  if (above) {
    const { branchOf } = await import('./folds.js')
    if (!above.querySelector('.dumka-fold')) {
      const fold = comment.previousElementSibling?.querySelector('.dumka-fold')
      if (fold) above.querySelector('.dumka-reply')?.after(fold)
    }
    return [above, ...branchOf(above)].pop().after(comment)
  }
  const lists = section.querySelectorAll('.dumka-list')
  if (!lists.length) return section.querySelector('.dumka-empty')?.replaceWith(comment.closest('.dumka-list'))
  config.sort === 'newest' ? lists[0].prepend(comment) : lists[lists.length - 1].append(comment)
}

// Unfolds the branches around a comment.
const reveal = async (thread, comment) => {
  if (!thread.section.querySelector('.dumka-fold[aria-expanded=false]')) return
  const { branchOf, fold } = await import('./folds.js')
  for (const button of thread.section.querySelectorAll('.dumka-fold[aria-expanded=false]'))
    if (branchOf(button.closest('.dumka-comment')).includes(comment)) await fold(thread, button)
}

// What a form has done: a comment came, changed or went.
export const showDone = async (thread, came, form) => {
  const { config } = thread
  const at = form.closest('.dumka-comment')
  const submitted = came.dataset.submitted && JSON.parse(came.dataset.submitted)
  const isReport = field(form, 'report')
  showVotes(config, came)
  say(thread, came)
  clear(thread, came, form)
  const comment = [...came.querySelectorAll('.dumka-comment')].pop()
  const shown = find(thread, comment?.id)
  if (submitted) {
    const { comment, edit_token: token, edit_until: until, server_time: now } = submitted
    if (token) keepOwn(config, comment.id, token, Date.now() + Date.parse(until) - Date.parse(now))
    thread.submitted.set(comment.id, JSON.stringify(comment))
  }
  if (field(form, 'delete')) thread.submitted.delete(at.id.slice('comment-'.length))
  if (isReport) focus(thread, idSelector(at.id) + ' .dumka-report')
  else if (shown) exchange(shown, comment)
  else if (comment) await insert(thread, comment, find(thread, comment.previousElementSibling?.id))
  else if (field(form, 'delete')) {
    keepOwn(config, at.id.slice('comment-'.length))
    at.remove()
  }
  show(thread)
  if (comment) await reveal(thread, comment)
  if (!isReport) focus(thread, comment && idSelector(comment.id), '.dumka-add')
  if (submitted && !shown) thread.emit('posted', { id: submitted.comment.id })
}
