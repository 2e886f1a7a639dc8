// Dumka's loader. Defines <dumka-comments>, reads its attributes, and shows the thread as the server has drawn it.
// The program comes when the reader acts or the line is idle (program.js). Leaves no global behind.
dumka: {
  const tag = 'dumka-comments'
  // A module, or what a script of the page has fetched and runs, is run by no tag.
  const tags = [document.currentScript, ...document.querySelectorAll('script[src*="embed.js"]')].filter(it => it?.src?.[0] === 'h')
  const script = tags.find(it => it.closest('body')) ?? tags[0]
  const warn = () => console.warn(tag + ': embed.js has no tag')
  if (!script) {
    warn()
    break dumka
  }
  // The thread that came in this script's own answer, if it was asked for one.
  const ready = __READY__
  const asset = name => new URL('__ASSETS__/' + name, script.src).href
  const load = name => import(asset(name))
  const make = (name, properties) => Object.assign(document.createElement(name), properties)

  // Said when the files that know more words than these did not come.
  const words = {
    en: 'Comments did not load. Try again?',
    ru: 'Комментарии не загрузились. Повторить?',
    uk: 'Коментарі не завантажилися. Повторити?',
  }
  const remounting = ['endpoint', 'site', 'page', 'lang', 'limit', 'sort', 'heading-level', 'isolate', 'token', 'words']
  const rules = {
    lang: /^(ar|be|bg|cs|de|en|es|fr|he|it|ja|ka|kk|lt|pl|pt|ro|ru|tr|uk|zh)\b/i,
    limit: /^([1-9]\d?|100)$/,
    sort: /^(oldest|newest|best)$/,
    'heading-level': /^[1-6]$/,
  }

  // The language that there is for a tag.
  const spoken = tag => rules.lang.exec(tag)?.[0].toLowerCase()
  const target = () => /#comment-(.{1,99})$/.exec(location.hash)?.[1]

  // The order that the reader chose for the site.
  const chosen = site => {
    try {
      return localStorage['dumka:sort ' + site]
    } catch {} // storage is denied
  }

  const settings = element => {
    const text = name => element.getAttribute(name)
    const isRight = name => rules[name].test(text(name))
    const near = element.parentElement?.closest('[lang]')?.lang
    // What the page says of itself tells it from others, query and all; its address without the query may.
    const named = text('url') ?? document.querySelector('link[rel=canonical]')?.href
    const { pathname, search } = new URL(named ?? location, location)
    const site = text('site') ?? location.hostname
    return {
      endpoint: new URL(text('endpoint') ?? new URL('api/v1/comments', script.src), location).href,
      site,
      page: text('page') ?? pathname.replace(/(.)\/+$/, '$1') + (named ? search : ''),
      title: text('title') ?? document.title,
      url: named ?? location.href,
      lang: [text('lang'), near, ...navigator.languages, 'en'].map(spoken).find(Boolean),
      limit: isRight('limit') ? +text('limit') : 20,
      sort: [chosen(site), text('sort')].find(order => rules.sort.test(order)) ?? 'oldest',
      'heading-level': isRight('heading-level') ? +text('heading-level') : undefined,
      comment: target(),
    }
  }

  // A thread as nested arrays, from the document in which it was answered.
  const tree = node =>
    node.attributes
      ? [
          node.localName,
          Object.fromEntries([...node.attributes].map(it => [it.name, it.value])),
          ...[...node.childNodes].map(tree),
        ]
      : node.data

  // Draws what a thread consists of and nothing else: no answer can put a script into the page. Attributes are known by
  // how they begin.
  const elements =
    /^(a|bdi|blockquote|br|button|code|details|div|em|form|h\d|input|label|li|ol|option|p|pre|section|select|span|strong|summary|textarea|time|ul)$/
  const attributes =
    /^(act|ar|aut|class|da|dir|href|id|lang|me|name|no|open|re|ro|start|tab|type)/
  const draw = (node, base) => {
    if (!Array.isArray(node)) return node
    const [name, given, ...content] = node
    const element = make(elements.test(name) ? name : 'span')
    for (const key of Object.keys(given)) {
      let value = given[key]
      if (/^(action|href)$/.test(key)) {
        if (/^[./]/.test(value)) value = new URL(value, base).href
        if (!/^(#|https?:|mailto:)/i.test(value)) continue
      }
      if (key === 'value') element.value = value
      else if (attributes.test(key)) element.setAttribute(key, value)
    }
    element.append(...content.map(child => draw(child, base)))
    return element
  }

  // Asks for a thread in HTML, which the browser reads into a document where nothing runs or loads. Whatever else
  // comes, such as the JSON of somebody's own endpoint, is left to the program.
  const ask = (address, form) =>
    new Promise((done, failed) => {
      const request = new XMLHttpRequest()
      request.open(form ? 'POST' : 'GET', address)
      request.timeout = 10000
      request.onreadystatechange = () => {
        const isHtml = /html/.test(request.getResponseHeader('content-type'))
        if (isHtml && request.readyState === 2) request.responseType = 'document'
      }
      request.onload = () => {
        const section = request.responseType && request.response?.querySelector('section.dumka')
        done([section && draw(tree(section), request.responseURL), request])
      }
      request.onerror = request.ontimeout = failed
      request.send(form)
    })

  // A sheet that costs no request; false in an old browser.
  const adopt = (root, css) => {
    try {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
      return true
    } catch {}
  }

  // Shows one thread in its element, until that leaves the page or is about another thread.
  const IDLE_MS = 3000
  const LATE_MS = 11000
  const NEAR_PX = 400
  const names = [...remounting.slice(1, 7), 'comment']
  const moved = ['scroll', 'click']
  const heeded = ['pointerdown', 'pointerover', 'click', 'submit', 'keydown']

  // All parts of the program at once. A browser may remember of an address that nothing came from it.
  let parts
  let tries = 0
  const program = () => {
    const again = tries ? '?' + tries : ''
    parts ??= [load('program.js' + again), load('dumka-widget.js' + again), fetch(asset('dumka-widget_bg.wasm'))]
    for (const part of parts) part.catch(() => {}) // said by whoever waits for it
    return parts
  }

  const open = host => {
    const config = settings(host)
    const isolated = host.hasAttribute('isolate')
    const isEager = host.getAttribute('load') === 'eager'
    if (isEager) program()
    const inside = isolated ? (host.shadowRoot ?? host.attachShadow({ mode: 'open' })) : host
    const id = names.map(name => config[name]).join(' ')
    const list = new URL(config.endpoint)
    for (const name of names) if (config[name]) list.searchParams.set(name, config[name])
    // Ready HTML cannot know them: then the program draws.
    const hasWords = host.hasAttribute('words')
    if (!hasWords) list.searchParams.set('format', 'html')
    const isReady = ready && !hasWords && names.every(name => ready[name] === config[name])
    let coming, alert

    const tell = (name, detail) =>
      host.dispatchEvent(new CustomEvent('dumka:' + name, { bubbles: true, composed: true, detail }))

    // What is left of the reserved place goes when that moves nothing in view, or at an act of the reader's.
    const release = ({ type }) => {
      if (type === 'scroll' && thread.section.getBoundingClientRect().bottom < innerHeight) return
      delete host.dataset.reserved
      for (const type of moved) removeEventListener(type, release)
    }

    // Puts a section in the place of the one before.
    const put = section => {
      thread.section?.replaceWith(section)
      if (!section.isConnected) inside.append(section)
      thread.section = section
      for (const type of heeded) section.addEventListener(type, heed, true)
      section.dumka = id
      if (isolated) for (const it of [section, ...section.querySelectorAll('[class]')]) it.part = it.className
      for (const type of moved) addEventListener(type, release)
      // Once it is laid out, so that nothing has to be laid out twice.
      new ResizeObserver((_, layout) => {
        layout.disconnect()
        release({ type: 'scroll' })
      }).observe(section)
    }

    const show = section => {
      put(section)
      host.dataset.state = section.querySelector('.dumka-comment') ? 'ready' : 'empty'
      tell('ready', { page: host.getAttribute('page') ?? '' })
    }

    // What the reader does brings the program; what the program alone can do waits for it. What was done here goes no
    // further: the page around may follow links and disable buttons.
    const heed = event => {
      if (thread.ended) return // another one has the section now
      const { type, target } = event
      const control = type === 'click' ? target.closest(':is(a, button, summary)[class*=dumka-]') : null
      const isPlain = control && !(event.ctrlKey || event.metaKey || event.shiftKey)
      const isAnchor = control?.hash
      // Left to itself, it would lead away from the page, where that has a <base>, or from a route in the fragment.
      if (isPlain && isAnchor) {
        event.preventDefault()
        location.hash = (/^#[/!][^#]*/.exec(location.hash) ?? '') + control.hash
      }
      if (thread.widget || (type === 'pointerover' && !target.closest('a, button, form, summary'))) return
      start()
      if (control) event.stopPropagation()
      const pressed = type === 'submit' ? target : isPlain && !isAnchor && control.type !== 'submit' && control
      if (!pressed) return
      event.preventDefault()
      event.stopPropagation()
      const composer = pressed.closest('details')
      if (pressed.localName !== 'summary') return thread.act(pressed)
      host.dataset.composer = (composer.open = !composer.open) ? 'open' : 'closed'
      composer.querySelector('textarea')?.focus() // refused where it is hidden
    }

    // Gets the program, which draws `answer` or takes the place of what is shown.
    const start = answer => {
      if (thread.ended) return
      const [first, ...others] = program()
      coming ??= first.then(program => program.run(thread, answer, others)).catch(fail)
    }

    // Something did not come. Who only reads need not know.
    const fail = () => {
      const isShown = host.dataset.state !== 'loading'
      coming = parts = null
      tries++
      if (thread.ended || alert?.isConnected || (isShown && !thread.acts.size)) return
      alert = make('p', { role: 'alert', className: 'dumka-error' })
      const again = () => {
        host.tabIndex = -1
        host.focus() // what has the focus goes
        alert.remove()
        isShown ? start() : host.load()
      }
      const lang = words[config.lang] ? config.lang : 'en'
      const button = make('button', { type: 'button', onclick: again, lang, textContent: words[lang] })
      alert.append(button)
      if (lang !== config.lang) load('apology.js').then(module => module.translate(button, config.lang))
      if (!isShown) {
        put(make('section', { className: 'dumka' }))
        host.dataset.state = 'failed'
      }
      ;(thread.section.querySelector('form') ?? thread.section).prepend(alert)
      tell('error', { kind: 'loader' })
    }

    // Nothing is shown before it has its style.
    const style = place => {
      if (place.querySelector('link, style') || (isReady && adopt(place.getRootNode(), ready.css))) return
      const sheet = make('link', { rel: 'stylesheet', href: asset('widget.css') })
      place.prepend(sheet)
      return new Promise(done => (sheet.onload = sheet.onerror = done))
    }

    const begin = async () => {
      // What a page brings back may have grown old: a copy that it kept, or the element where it stood before.
      const isBack = host.dataset.state
      host.dataset.state = 'loading'
      host.dataset.composer = 'closed'
      // Put there by the page, or left by this element where it stood before.
      let held = inside.querySelector('section.dumka') ?? host.querySelector('section.dumka')
      const { comment } = config
      const isOther = (held?.dumka ?? id) !== id
      // In a form of the page's own, the parser has dropped those of the thread.
      const isCut = held?.querySelector('textarea:not(.dumka-form *)')
      if (isOther || isCut || (comment && !document.getElementById('comment-' + comment))) held = held?.remove()
      config.lang = spoken(held?.lang) ?? config.lang
      // It begins where it begins, and so must what the program asks for.
      if (held && !held.dumka) {
        config.comment = undefined
        list.searchParams.delete('comment')
      }
      const late = setTimeout(fail, LATE_MS)
      try {
        const answer = held ? [held] : isReady ? [draw(ready.thread, script.src)] : ask(list)
        // The element itself stands in the page even where the thread is isolated from it.
        const styles = [style(inside), isolated && style(host)]
        const [[section, request]] = await Promise.all([answer, ...styles])
        if (thread.ended) return
        if (section) show(section)
        else start(new Response(request.responseType ? null : request.response, { status: request.status }))
        if (comment) follow()
        // A moment when the line has nothing else to do, unless it is slow or its data are dear.
        const line = navigator.connection
        const isDear = line?.saveData || /[23]g/.test(line?.effectiveType)
        if (section && isEager) start()
        else if (section && !isDear && (isBack || !held))
          setTimeout(start, IDLE_MS)
      } catch (reason) {
        start(reason) // the program says it, and has the form
      }
      clearTimeout(late)
    }

    const thread = {
      host,
      inside,
      config,
      list,
      words,
      ask,
      put,
      show,
      tell,
      heed,
      heeded,
      refresh: start,
      // What the reader pressed before the program was there.
      acts: new Set(),
      act(pressed) {
        thread.acts.add(pressed)
        pressed.ariaBusy = true
      },
      end() {
        thread.ended = true
        release({})
        thread.widget?.unmount()
      },
    }
    begin()
    return thread
  }

  const follow = changed => target() && load('permalink.js').then(module => module.follow(tag, target(), changed))

  // What the style sheet cannot see: whether the page is dark, its text being light, or else its `color-scheme`.
  const fit = host => {
    const { color, colorScheme } = getComputedStyle(host.parentElement ?? host)
    const [first, green] = color.match(/[\d.]+/g)
    const isNight = color[0] === 'r' ? green > 160 : first > (first > 1 ? 60 : 0.6)
    host.dataset.scheme = isNight ? 'night' : colorScheme
  }
  const refit = () => document.querySelectorAll(tag).forEach(fit)
  let placed

  class DumkaComments extends HTMLElement {
    // Whoever takes what the element says of itself has drawn the page anew without the thread.
    static observedAttributes = [...remounting, 'data-state']
    static rules = rules
    #thread
    #watch

    connectedCallback() {
      fit(this)
      if (this.#thread) return // only moved
      this.#end()
      const when = this.getAttribute('load')
      if (when === 'manual') return
      // What stands in the element may be still to come.
      if (document.readyState === 'loading' && !this.nextSibling && this !== placed)
        return addEventListener('DOMContentLoaded', () => this.isConnected && this.connectedCallback(), { once: true })
      if (!this.firstElementChild) this.dataset.reserved = ''
      // An observer answers a frame later, which a slow phone feels.
      const [box] = this.getClientRects()
      const isNear = box?.top < innerHeight + NEAR_PX && box.bottom > -NEAR_PX
      if (when === 'eager' || isNear || target()) return this.#open()
      this.#watch = new IntersectionObserver(seen => seen.pop().isIntersecting && this.#open(), {
        rootMargin: NEAR_PX + 'px',
      })
      this.#watch.observe(this)
    }

    // What moves an element elsewhere takes it out first.
    disconnectedCallback() {
      setTimeout(() => this.isConnected || this.#end())
    }

    // Of several changes in a row each ends the thread, and one begins the next.
    attributeChangedCallback(name, before, now) {
      if (before === now || (now && name === 'data-state')) return
      if (!this.#thread) return before && this.querySelector('section.dumka')?.remove() // a copy, about another thread
      if (!this.#thread.ended) queueMicrotask(() => (this.isConnected ? this.#open() : this.#end()))
      this.#thread.end()
    }

    #end() {
      this.#watch?.disconnect()
      this.#thread?.end()
      this.#thread = null
    }

    #open() {
      this.#thread?.section?.remove()
      this.#end()
      this.#thread = open(this)
    }

    // Frameworks assign to what has the name of an attribute.
    get load() {
      return this.#open
    }

    set load(when) {
      this.setAttribute('load', when)
    }

    refresh() {
      if (this.#thread?.section?.isConnected) this.#thread.refresh()
      else this.#open()
    }
  }
  // Once, however often the tag is run: single-page sites run it with every page.
  if (!customElements.get(tag)) {
    customElements.define(tag, DumkaComments)
    addEventListener('hashchange', follow)
    document.addEventListener('dumka:count', () => fill())
    new MutationObserver(refit).observe(document.documentElement, { attributes: true })
    addEventListener('transitionend', refit)
    // So that what comes later moves nothing on the page, and that a page which turns dark, however it does, is heard of.
    adopt(document, `@layer dumka{${tag}{transition:color 1s -.999s}@media screen{${tag}[data-reserved]{display:block;min-block-size:100vh}}}`)
  }

  const place = () => {
    placed = make(tag)
    const asked = new URL(script.src).searchParams
    for (const name of remounting) if (asked.has(name)) placed.setAttribute(name, asked.get(name))
    for (const name of Object.keys(script.dataset)) placed.setAttribute(name.replace(/[A-Z]/, '-$&'), script.dataset[name])
    script.isConnected ? script.after(placed) : warn()
  }
  // What a page may have beside threads is the work of other files.
  const fill = () =>
    document.querySelector('[data-dumka-count], dumka-latest') &&
    load('counts.js').then(module => module.fill(script, spoken))
  // Whether the page has elements or numbers of its own is known once it is parsed.
  // In a <head> none would be seen: there the site adds its elements when it likes.
  const parsed = () => fill() ?? document.querySelector(tag) ?? (script.closest('body') && place())
  const { page } = script.dataset
  // A site that keeps its pages runs the tag again beside what it has put there.
  if (page !== undefined && script.nextElementSibling?.getAttribute('page') !== page) place()
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', parsed)
  else parsed()
}
