// Folds and unfolds the replies to a comment without the program.

import { count, phrases } from './phrases.js'

// The comments that follow one deeper. Where the depth goes no further, they tell what they answer.
export const branchOf = comment => {
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

// Writes a button anew, and whose it is into its accessible name.
const rename = (button, text) => {
  const author = button.closest('.dumka-comment').querySelector('.dumka-author').textContent
  button.textContent = text
  if (author) button.ariaLabel = `${text}: ${author}`
}

// Replies that are folded up inside stay so.
export const fold = async (thread, button) => {
  const comment = button.closest('.dumka-comment')
  const folds = button.ariaExpanded === 'true'
  const branch = branchOf(comment)
  button.ariaExpanded = !folds
  for (const it of branch) it.hidden = folds
  const inner = folds ? [] : branch.filter(it => it.querySelector('.dumka-fold[aria-expanded=false]'))
  for (const it of inner.flatMap(branchOf)) it.hidden = true
  const texts = await phrases(thread).catch(() => null)
  if (texts) rename(button, folds ? count(texts, thread.config.lang, 'replies', branch.length) : texts.hide_replies)
}
