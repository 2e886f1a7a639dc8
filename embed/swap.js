// Hands a thread on from what shows it to what shows it next: from the loader to the program, and from a program that
// broke to a new one.

import { counterpart, idSelector } from './handover.js'
import { activeIn, native, page } from './page.js'

const selectionOf = section => native(section.getRootNode()).getSelection?.() ?? getSelection()

// The ends of the marked text: each in an element of ours, so many characters from its beginning; times alone read
// otherwise after the swap. A place outside stays a place.
const marked = section => {
  const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = selectionOf(section)
  if (isCollapsed || !(section.contains(anchorNode) || section.contains(focusNode))) return
  return [[anchorNode, anchorOffset], [focusNode, focusOffset]].map(([node, offset]) => {
    if (!section.contains(node)) return { node, offset }
    const element = (node.nodeType === 1 ? node : node.parentNode).closest('[class*=dumka-], .dumka')
    const range = page.createRange()
    range.setStart(element, 0)
    range.setEnd(node, offset)
    return { element, offset: range.toString().length }
  })
}

const mark = (root, marks) => {
  const [[anchor, from], [focus, to]] = marks.map(({ node, element, offset }) =>
    node ? [node, offset] : located(element.matches('.dumka') ? root : counterpart(root, element) ?? root, offset)
  )
  selectionOf(root).setBaseAndExtent(anchor, from, focus, to)
}

const located = (element, offset) => {
  const texts = page.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  let last = element
  while (texts.nextNode()) {
    last = texts.currentNode
    if (offset <= last.length) return [last, offset]
    offset -= last.length
  }
  return [last, last.length ?? 0]
}

// Puts a section in the place of the shown one, with the focus and the marked text where they were.
export const swap = (thread, root) => {
  const { section } = thread
  const active = activeIn(section)
  const focused = section.contains(active) ? counterpart(root, active) : null
  const { selectionStart, selectionEnd, selectionDirection } = active ?? {}
  const [text, newText] = [section, root].map(it => it.querySelector('textarea'))
  const [top, size] = [text?.scrollTop, text?.style.cssText]
  const marks = marked(section)
  thread.replaceSection(root)
  if (size && newText) newText.style.cssText = size // as the reader has drawn it out
  if (top && newText) newText.scrollTop = top
  focused?.focus({ preventScroll: true })
  if (focused && selectionStart != null) focused.setSelectionRange?.(selectionStart, selectionEnd, selectionDirection)
  if (marks) mark(root, marks)
  const target = section.querySelector('[aria-current=location]')?.id
  if (target) root.querySelector(idSelector(target))?.setAttribute('aria-current', 'location')
}
