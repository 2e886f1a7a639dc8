// Turns a thread of the server into elements of the page, from a fixed list of elements and attributes: no answer can
// put a script into the page.

import { make } from '../page.js'

// A thread as nested arrays, from the document in which it was answered.
export const serialize = node =>
  node.attributes
    ? [
        node.localName,
        Object.fromEntries([...node.attributes].map(it => [it.name, it.value])),
        ...[...node.childNodes].map(serialize),
      ]
    : node.data

// Attributes are known by how they begin.
const elements =
  /^(a|bdi|blockquote|br|button|code|details|div|li|em|form|h\d|input|label|ol|strong|option|p|pre|section|select|span|summary|textarea|time|ul)$/
const attributes =
  /^(act|class|aut|da|href|lang|dir|no|open|ro|start|name|re|tab|me|type|id|ar)/

export const build = (node, base) => {
  if (!Array.isArray(node)) return node
  const [name, given, ...content] = node
  const element = make(elements.test(name) ? name : 'span')
  for (let [key, value] of Object.entries(given)) {
    if (/^(href|action)$/.test(key)) {
      if (/^[./]/.test(value)) value = new URL(value, base).href
      if (!/^(#|https?:|mailto:)/i.test(value)) continue
    }
    if (key === 'value') element.value = value
    else if (attributes.test(key)) element.setAttribute(key, value)
  }
  element.append(...content.map(child => build(child, base)))
  return element
}
