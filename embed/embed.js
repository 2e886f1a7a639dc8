// Dumka's loader. Defines <dumka-comments>, reads its attributes, and starts all that a widget
// needs in one task. Leaves no global behind; draws nothing but its own failure.
{
  const script = document.currentScript
  const asset = name => new URL('__ASSETS__/' + name, script.src).href
  const tag = 'dumka-comments'
  const make = (name, properties) => Object.assign(document.createElement(name), properties)

  // Said when the files that know more words than these did not come.
  const words = {
    en: 'Comments did not load. Try again?',
    ru: 'Комментарии не загрузились. Повторить?',
    uk: 'Коментарі не завантажилися. Повторити?',
  }
  const remounting = ['endpoint', 'site', 'page', 'lang', 'limit', 'sort', 'isolate', 'token']
  const rules = {
    limit: /^([1-9]\d?|100)$/,
    sort: /^(oldest|newest|best)$/,
    theme: /^(auto|light|dark)$/,
    load: /^(lazy|eager|manual)$/,
  }

  const primary = language => language?.toLowerCase().split('-')[0]
  const isSpoken = language => words[primary(language)]

  const settings = element => {
    const text = name => element.getAttribute(name)
    const isRight = name => rules[name]?.test(text(name)) ?? remounting.includes(name)
    // What is wrong is said by a file of its own, fetched only where something may be.
    if (!element.getAttributeNames().every(isRight) || !isSpoken(text('lang') ?? 'en'))
      import(asset('attributes.js')).then(module => module.report(element, remounting, rules, words))
    const near = element.parentElement?.closest('[lang]')?.lang
    const address = text('url') ?? document.querySelector('link[rel=canonical]')?.href ?? location.href
    return {
      endpoint: new URL(text('endpoint') ?? new URL('/api/v1/comments', script.src), location).href,
      site: text('site') ?? location.hostname,
      page: text('page') ?? new URL(address, location).pathname.replace(/(.)\/+$/, '$1'),
      title: text('title') ?? document.title,
      url: address,
      lang: primary([text('lang'), near, ...navigator.languages, 'en'].find(isSpoken)),
      limit: isRight('limit') ? +text('limit') : 20,
      sort: isRight('sort') ? text('sort') : 'oldest',
    }
  }

  // The program is one for all widgets of the page; after a failure the next one tries again.
  let program
  const start = async () => {
    const compiled = WebAssembly.compileStreaming(fetch(asset('dumka-widget_bg.wasm')))
    const [glue, module] = await Promise.all([import(asset('dumka-widget.js')), compiled])
    await glue.default({ module_or_path: module })
    return glue
  }

  class DumkaComments extends HTMLElement {
    static observedAttributes = remounting
    #run
    #widget
    #watch

    connectedCallback() {
      const when = this.getAttribute('load')
      if (when === 'manual') return
      if (when === 'eager') return this.load()
      this.#watch = new IntersectionObserver(seen => seen.some(entry => entry.isIntersecting) && this.load(), {
        rootMargin: '400px',
      })
      this.#watch.observe(this)
    }

    disconnectedCallback() {
      this.#watch?.disconnect()
      this.#widget?.unmount()
      this.#run = this.#widget = null
    }

    attributeChangedCallback(name, before, now) {
      if (this.#run && before !== now) this.load()
    }

    refresh() {
      if (this.#widget) this.#widget.refresh()
      else this.load()
    }

    async load() {
      this.disconnectedCallback()
      const run = (this.#run = {})
      const config = settings(this)
      const inside = this.hasAttribute('isolate') ? (this.shadowRoot ?? this.attachShadow({ mode: 'open' })) : this
      const root = make('section', { className: 'dumka', lang: config.lang })
      const sheet = make('link', { rel: 'stylesheet', href: asset('widget.css') })
      const styled = new Promise(done => (sheet.onload = sheet.onerror = done))
      inside.replaceChildren(sheet, root)
      this.dataset.state = 'loading'
      this.dataset.composer = 'closed'

      const fail = () => {
        program = null
        if (run !== this.#run) return
        const again = make('button', { textContent: words[config.lang], onclick: () => this.load() })
        root.replaceChildren(make('p', { role: 'alert', className: 'dumka-error' }))
        root.firstChild.append(again)
        this.dataset.state = 'failed'
        this.dispatchEvent(new CustomEvent('dumka:error', { bubbles: true, detail: { kind: 'loader' } }))
      }
      const late = setTimeout(fail, 11000)
      try {
        const list = new URL(config.endpoint)
        for (const name of ['site', 'page', 'sort', 'limit']) list.searchParams.set(name, config[name])
        const first = fetch(list)
        first.catch(() => {}) // the widget says so, in better words
        const catalog = fetch(asset(config.lang + '.json')).then(answer => answer.json())
        program ??= start()
        const [glue, texts] = await Promise.all([program, catalog, styled])
        if (run === this.#run) this.#widget = glue.mount(this, root, config, texts, first)
      } catch {
        fail() // the browser itself has said why, on the console
      }
      clearTimeout(late)
    }
  }
  if (!customElements.get(tag)) customElements.define(tag, DumkaComments)

  const place = () => {
    const element = make(tag)
    for (const name in script.dataset) element.setAttribute(name, script.dataset[name])
    script.after(element)
  }
  // Whether the page has elements or numbers of its own is known once it is parsed.
  const parsed = () => {
    const counts = document.querySelectorAll('[data-dumka-count]')
    if (counts.length) import(asset('counts.js')).then(module => module.fill(counts, script))
    else if (!document.querySelector(tag)) place() // in a <head> it is never seen and never loads
  }
  if (script.dataset.page !== undefined) place()
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', parsed)
  else parsed()
}
