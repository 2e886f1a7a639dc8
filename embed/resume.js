// Opens again what the reader had open: in the program that takes the place of what is shown, or in the one that follows
// on another that broke.

import { draftKey, keptDraft } from './drafts.js'
import { counterpart, field, isSending, selectorOf, type } from './handover.js'
import { activeIn } from './page.js'

const PATIENCE_MS = 5000
const DRAWN_PATIENCE_MS = 60000
const DRAWN_MS = 50

const KINDS = { parent: '.dumka-reply', report: '.dumka-report', text: '.dumka-edit' }

// The form under a comment, with what opens it.
const panelOf = ({ section, panel }) => {
  const shown = section.querySelector('.dumka-comment .dumka-form')
  const form = shown ?? panel
  // One that is not there was taken away by the page, with its comment, or closed; of a reply the storage knows.
  const comment = form?.closest('.dumka-comment')
  if (!comment || !(shown || field(form, 'parent'))) return
  const kind = Object.keys(KINDS).find(name => field(form, name))
  const names = ['text', 'name', 'email', 'reason'].filter(name => field(form, name))
  return {
    comment,
    opener: kind ? KINDS[kind] : '.dumka-delete',
    parent: field(form, 'parent')?.value,
    isGone: !shown,
    isSending: isSending(form),
    isPreviewed: form.querySelector('.dumka-preview-body'),
    focused: form.contains(activeIn(form)) ? activeIn(form) : null,
    values: names.map(name => [name, field(form, name).value]),
  }
}

// In the next tasks the program draws what was pressed; what it fetches first takes longer.
const until = async (find, patience = PATIENCE_MS) => {
  const end = performance.now() + patience
  while (performance.now() < end) {
    const found = find()
    if (found) return found
    await new Promise(done => setTimeout(done, 50))
  }
}

// Shows as much of the thread as was shown, and goes on where `goesOn` says so.
const extend = async (root, number, isWhole, goesOn) => {
  const isShort = () => root.querySelectorAll('.dumka-comment').length < number
  if (!isWhole && !goesOn && !isShort()) return
  root.querySelector('.dumka-all')?.click()
  const isEnough = () => !root.querySelector('.dumka-all, .dumka-loading') || !(isWhole || isShort())
  await until(isEnough, DRAWN_PATIENCE_MS)
  if (!isWhole && !goesOn) root.querySelector('.dumka-stop')?.click()
}

// A step that cannot be taken keeps none of those that follow from being taken.
const take = async (...steps) => {
  for (const step of steps)
    try {
      await step()
    } catch {} // what was open stays closed
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
  for (const [name, value] of panel.values) type(field(form, name), value)
  if (panel.isPreviewed) {
    find('button.dumka-preview')?.click()
    await until(() => find('.dumka-preview-body'))
  }
  const { selectionStart, selectionEnd } = panel.focused ?? {}
  const control = panel.focused && form.querySelector(selectorOf(panel.focused))
  control?.focus({ preventScroll: true })
  if (selectionStart != null) control?.setSelectionRange(selectionStart, selectionEnd)
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
  const order = ['oldest', 'newest', 'best', 'featured'].find(name => sort?.matches('.dumka-' + name))
  if (order) {
    config.sort = order
    thread.list.searchParams.set('sort', order)
  }
  const foldIn = root => folded.map(it => () => counterpart(root, it)?.click())
  const resume = root =>
    take(
      ...foldIn(root),
      () => isWhole && root.querySelector('.dumka-all')?.click(),
      () => panel && reopen(root, panel, isArrived),
      () => isOnItsWay && kept() && root.querySelector('.dumka-composer .dumka-submit')?.click(),
    )
  // Before a section takes its place, so that nothing is seen to move.
  const prepare = root => {
    const goesOn = [...thread.queue].some(it => it.matches('.dumka-all'))
    return take(
      () => extend(root, section.querySelectorAll('.dumka-comment').length, isWhole, goesOn),
      ...foldIn(root),
      () => panel && reopen(root, panel),
      () => new Promise(done => setTimeout(done, DRAWN_MS)),
    )
  }
  // What was typed since.
  const retype = root => {
    const form = root.querySelector('.dumka-comment .dumka-form')
    const typed = '.dumka-comment .dumka-form :is(input:not([type=hidden]), select, textarea)'
    for (const { name, value } of form && panel ? section.querySelectorAll(typed) : []) type(field(form, name), value)
  }
  return { prepare, resume, retype }
}
