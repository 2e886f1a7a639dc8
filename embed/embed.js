// Dumka's loader. Defines <dumka-comments>, reads its attributes, and starts all that a widget
// needs in one task. Leaves no global behind; draws nothing but its own failure.
{
  const script = document.currentScript
  const asset = name => new URL('__ASSETS__/' + name, script.src).href
  const endpointDefault = new URL('/api/v1/comments', script.src).href

  // Said when the files that know more words than these did not come.
  const words = {
    en: ['The comments could not be loaded.', 'try again'],
    ru: ['Не удалось загрузить комментарии.', 'попробовать ещё раз'],
    uk: ['Не вдалося завантажити коментарі.', 'спробувати ще раз'],
  }

  // The first choice is the default.
  const choices = {
    sort: ['oldest', 'newest', 'best'],
    theme: ['auto', 'light', 'dark'],
    load: ['lazy', 'eager', 'manual'],
  }
  const remounting = ['endpoint', 'site', 'page', 'lang', 'limit', 'sort', 'isolate', 'token']
  const known = [...remounting, 'title', 'url', 'theme', 'load']

  const warned = new Set()
  const warn = (name, value, accepted) => {
    const text = `dumka: attribute ${name}="${value}" is not accepted; accepted: ${accepted}`
    if (!warned.has(text)) console.warn(text)
    warned.add(text)
  }

  const choice = (element, name) => {
    const value = element.getAttribute(name)
    if (value === null || choices[name].includes(value)) return value ?? choices[name][0]
    warn(name, value, choices[name].join(', '))
    return choices[name][0]
  }

  const limit = element => {
    const value = element.getAttribute('limit') ?? '20'
    if (/^\d+$/.test(value) && value >= 1 && value <= 100) return +value
    warn('limit', value, '1 to 100')
    return 20
  }

  const language = element => {
    const supported = tag => words[(tag = tag?.toLowerCase().split('-')[0])] && tag
    const own = element.getAttribute('lang')
    if (own !== null && !supported(own)) warn('lang', own, Object.keys(words).join(', '))
    const near = element.parentElement?.closest('[lang]')?.lang
    return [own, near, ...navigator.languages].map(supported).find(Boolean) ?? 'en'
  }

  const settings = element => {
    for (const { name, value } of element.attributes)
      if (!known.includes(name) && !(name in element) && !/^(data-|aria-|on|class$|part$|role$|tabindex$)/.test(name))
        warn(name, value, known.join(', '))
    const attribute = name => element.getAttribute(name)
    const address = attribute('url') ?? document.querySelector('link[rel=canonical]')?.href ?? location.href
    const path = new URL(address, location).pathname
    return {
      endpoint: attribute('endpoint') ? new URL(attribute('endpoint'), location).href : endpointDefault,
      site: attribute('site') ?? location.hostname,
      page: attribute('page') ?? path.replace(/(.)\/+$/, '$1'),
      title: (attribute('title') ?? document.title).slice(0, 300),
      url: /^https?:.{1,2000}$/.test(address) ? address : null,
      lang: language(element),
      limit: limit(element),
      sort: choice(element, 'sort'),
    }
  }

  // The program is one for all widgets of the page; after a failure the next one tries again.
  let program
  const fetchProgram = async () => {
    const compiled = WebAssembly.compileStreaming(fetch(asset('dumka_bg.wasm')))
    const [glue, module] = await Promise.all([import(asset('dumka.js')), compiled])
    await glue.default({ module_or_path: module })
    return glue
  }
  const start = () => (program ??= fetchProgram().catch(error => {
    program = null
    throw error
  }))

  class DumkaComments extends HTMLElement {
    static observedAttributes = remounting
    #run
    #widget
    #watch

    connectedCallback() {
      const when = choice(this, 'load')
      choice(this, 'theme')
      if (when === 'eager') this.load()
      if (when !== 'lazy') return
      this.#watch = new IntersectionObserver(
        entries => entries.some(entry => entry.isIntersecting) && this.load(),
        { rootMargin: '400px' },
      )
      this.#watch.observe(this)
    }

    disconnectedCallback() {
      this.#stop()
    }

    attributeChangedCallback(name, before, now) {
      if (this.#run && before !== now) this.load()
    }

    refresh() {
      if (this.#widget) this.#widget.refresh()
      else this.load()
    }

    async load() {
      this.#stop()
      const run = (this.#run = {})
      const config = settings(this)
      const inside = this.hasAttribute('isolate') ? this.shadowRoot ?? this.attachShadow({ mode: 'open' }) : this
      const root = document.createElement('div')
      const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: asset('dumka.css') })
      const styled = new Promise(done => (sheet.onload = sheet.onerror = done))
      inside.replaceChildren(sheet, root)
      Object.assign(this.dataset, { state: 'loading', composer: 'closed' })

      const list = new URL(config.endpoint)
      for (const name of ['site', 'page', 'sort', 'limit']) list.searchParams.set(name, config[name])
      const first = fetch(list)
      first.catch(() => {}) // the widget says so, in better words
      const catalog = fetch(asset(config.lang + '.json')).then(answer => answer.json())
      const late = setTimeout(() => this.#fail(root, config, 'timeout'), 11000)
      try {
        const [glue, words] = await Promise.all([start(), catalog, styled])
        if (run === this.#run) this.#widget = glue.mount(this, root, config, words, first)
      } catch (error) {
        if (run === this.#run) this.#fail(root, config, error)
      } finally {
        clearTimeout(late)
      }
    }

    #stop() {
      this.#watch?.disconnect()
      this.#widget?.unmount()
      this.#run = this.#widget = null
    }

    #fail(root, config, error) {
      const [sentence, again] = words[config.lang]
      const alert = Object.assign(document.createElement('p'), { className: 'dumka-error', role: 'alert', textContent: sentence + ' ' })
      const button = Object.assign(document.createElement('button'), { textContent: again, onclick: () => this.load() })
      alert.append(button)
      root.replaceChildren(alert)
      this.dataset.state = 'failed'
      this.dispatchEvent(new CustomEvent('dumka:error', { bubbles: true, detail: { kind: 'loader', error } }))
    }
  }
  if (!customElements.get('dumka-comments')) customElements.define('dumka-comments', DumkaComments)

  const place = () => {
    const element = document.createElement('dumka-comments')
    for (const { name, value } of script.attributes)
      if (name.startsWith('data-')) element.setAttribute(name.slice(5), value)
    script.after(element)
  }

  // One request fills every number on a list page.
  const count = async spans => {
    const list = new URL((script.dataset.endpoint ?? endpointDefault) + '/counts', location)
    list.searchParams.set('site', script.dataset.site ?? location.hostname)
    for (const page of new Set(spans.map(span => span.dataset.dumkaCount))) list.searchParams.append('page', page)
    const counts = await (await fetch(list)).json()
    for (const span of spans) span.textContent = counts[span.dataset.dumkaCount] ?? ''
  }

  // Whether the page has elements of its own is known once it is parsed.
  const parsed = () => {
    const spans = [...document.querySelectorAll('[data-dumka-count]')]
    if (spans.length) count(spans).catch(() => {})
    else if (script.dataset.page === undefined && !document.head.contains(script) && !document.querySelector('dumka-comments')) place()
  }
  if (script.dataset.page !== undefined) place()
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', parsed)
  else parsed()
}
