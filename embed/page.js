// Gives the document as browsers have it. An image, a form or a frame of the page that is called as something of it hides that
// from scripts: `<img name=querySelector>`.

export const page = new Proxy(document, {
  get(it, name) {
    const own = Reflect.get(Document.prototype, name, it)
    return typeof own === 'function' ? own.bind(it) : own
  },
})

export const make = (name, properties) => Object.assign(page.createElement(name), properties)
