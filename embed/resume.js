// Opens again what the reader had open when the program broke, once another one has taken its place.

import { counterpart, field, isSending } from './handover.js'
import { activeIn } from './page.js'
import { draftKey, keptDraft } from './storage.js'

const PATIENCE_MS = 5000

const KINDS = { parent: '.dumka-reply', report: '.dumka-report', text: '.dumka-edit' }

// The form under a comment, with what opens it.
const panelOf = ({ section, panel }) => {
  const shown = section.querySelector('.dumka-comment .dumka-form')
  const form = shown ?? panel
  // One that is not there was taken away by the page or closed by the reader; of a reply the storage knows.
  if (!form || !(shown || field(form, 'parent'))) return
  const kind = Object.keys(KINDS).find(name => field(form, name))
  const names = ['text', 'name', 'email', 'reason'].filter(name => field(form, name))
  return {
    comment: form.closest('.dumka-comment'),
    opener: kind ? KINDS[kind] : '.dumka-delete',
    parent: field(form, 'parent')?.value,
    isGone: !shown,
    isSending: isSending(form),
    focused: form.contains(activeIn(form)) && activeIn(form),
    values: names.map(name => [name, field(form, name).value]),
  }
}

// In the next tasks the program draws what was pressed; what it fetches first takes longer.
const until = async find => {
  const end = performance.now() + PATIENCE_MS
  while (performance.now() < end) {
    const found = find()
    if (found) return found
    await new Promise(done => setTimeout(done, 50))
  }
}

const type = (control, value) => {
  control.value = value
  control.dispatchEvent(new Event('input', { bubbles: true }))
}

const reopen = async (root, panel, isArrived) => {
  const comment = counterpart(root, panel.comment)
  const find = selector => comment?.querySelector(selector)
  if (isArrived || !find(panel.opener)) return
  find(panel.opener).click()
  const form = await until(() => find('.dumka-form'))
  if (!form) return
  // What is on its way is sent once more as it was first, so that it makes one comment.
  if (panel.isSending && panel.parent) {
    await until(() => field(form, 'text').value)
    return form.querySelector('.dumka-submit').click()
  }
  for (const [name, value] of panel.values) if (field(form, name)) type(field(form, name), value)
  const { name, selectionStart, selectionEnd } = panel.focused || {}
  const control = name && field(form, name)
  control?.focus({ preventScroll: true })
  if (control && selectionStart != null) control.setSelectionRange(selectionStart, selectionEnd)
}

// What is open in the thread; `resume` opens it in the section that has taken its place.
export const lookedAt = thread => {
  const { config, section } = thread
  const folded = [...(thread.folds ?? section.querySelectorAll('.dumka-fold'))].filter(it => it.ariaExpanded === 'false')
  const isWhole = section.querySelector('.dumka-comment') && !section.querySelector('.dumka-all')
  const panel = panelOf(thread)
  const composer = section.querySelector('.dumka-composer .dumka-form')
  const isOnItsWay = composer && isSending(composer)
  const kept = parent => keptDraft(draftKey(config, parent))?.text
  const isArrived = (panel?.isGone || panel?.isSending) && panel.parent && !kept(panel.parent)
  const sort = section.querySelector('.dumka-sort [aria-current=true]')
  const order = ['oldest', 'newest', 'best'].find(name => sort?.matches('.dumka-' + name))
  if (order) {
    config.sort = order
    thread.list.searchParams.set('sort', order)
  }
  const resume = async root => {
    for (const it of folded) counterpart(root, it)?.click()
    if (isWhole) root.querySelector('.dumka-all')?.click()
    if (panel) await reopen(root, panel, isArrived)
    if (isOnItsWay && kept()) root.querySelector('.dumka-composer .dumka-submit')?.click()
  }
  return { resume }
}
