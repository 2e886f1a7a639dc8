// Turns a thread of the server, a tree of nested arrays, into elements of the page, from a fixed list of elements and
// attributes: no answer can put a script into the page.

import { make } from '../page.js'

// Attributes are known by how they begin; an element that is not among these is a `span`.
const elements =
  /^(a|details|blockquote|div|br|button|summary|pre|bdi|ul|em|textarea|code|li|form|label|ol|strong|p|option|section|select|input|time|h\d)$/
const attributes =
  /^(no|re|ro|dir|href|aut|tab|da|ar|lang|id|class|open|me|start|name|type|act)/

const build = (node, base) => {
  if (!Array.isArray(node)) return node
  const [name, given, ...content] = node
  const element = make(elements.test(name) ? name : 'span')
  for (let [key, value] of Object.entries(given)) {
    if (/^(hr|ac)/.test(key)) {
      if (/^[./]/.test(value)) value = new URL(value, base).href
      if (!/^(#|https?:|mailto:)/i.test(value)) continue
    }
    if (key === 'value') element.value = value
    else if (attributes.test(key)) element.setAttribute(key, value)
  }
  element.append(...content.map(child => build(child, base)))
  return element
}

// A thread comes behind the one row of controls of all its comments, in which names in braces stand for what is a comment's
// own. In the place of its row, that has its score, and a plus where replies can be folded up.
export const buildThread = ([row, thread = row], base) => {
  const section = build(thread, base)
  for (const place of section.querySelectorAll('.dumka-comment > span')) {
    const comment = place.parentNode
    const [score, folds] = place.textContent.split('+')
    const own = { score, id: comment.id.slice(8), name: comment.querySelector('.dumka-author').textContent }
    const fill = (_, it) => it.replace?.(/{(\w+)}/g, (_, name) => own[name]) ?? it
    const controls = build(JSON.parse(JSON.stringify(row), fill), base)
    if (folds == null) controls.querySelector('.dumka-fold').remove()
    place.replaceWith(controls)
  }
  return section
}
