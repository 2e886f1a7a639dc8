// Gives the document and other nodes of the page as browsers have them. What is called as something of the document or of a
// form hides that from scripts: `<img name=querySelector>`, `<input name=closest>`.

// What a node has by its interface. Itself is never asked: a form remembers under which names it was.
export const native = node =>
  new Proxy(Object.getPrototypeOf(node), {
    get(prototype, name) {
      const own = Reflect.get(prototype, name, node)
      return own instanceof Function ? own.bind(node) : own
    },
  })

export const page = native(document)

export const make = (name, properties) => Object.assign(page.createElement(name), properties)

// The element with the focus in the document or the shadow root around an element.
export const activeIn = element => native(element.getRootNode()).activeElement

// The language of the page around an element, as the nearest attribute says it.
export const nearestLang = element => {
  const near = element.closest('[lang]:not(dumka-comments)')
  return near && native(near).lang
}
