// Dumka's loader. Defines <dumka-comments>, reads its attributes, and shows the thread as the server has drawn it.
// The program comes when the reader acts or the line is idle (program.js). Leaves no global behind.
{
  const script = document.currentScript
  // The thread that came in this script's own answer, if it was asked for one.
  const ready = __READY__
  const asset = name => new URL('__ASSETS__/' + name, script.src).href
  const load = async name => import(asset(name + '.js'))
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
  const target = () => location.hash.split('#comment-')[1]

  const settings = element => {
    const text = name => element.getAttribute(name)
    const isRight = name => rules[name]?.test(text(name)) ?? /^data-/.test(name) || remounting.includes(name)
    // What is wrong is said by a file of its own, fetched only where something may be.
    if (!element.getAttributeNames().every(isRight) || !isSpoken(text('lang') ?? 'en'))
      load('attributes').then(module => module.report(element, remounting, rules, words))
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
      comment: target(),
    }
  }

  // A thread as nested arrays, from the document in which it was answered.
  const tree = node =>
    node.data ?? [
      node.localName,
      Object.fromEntries(Array.from(node.attributes, ({ name, value }) => [name, value])),
      ...Array.from(node.childNodes, tree),
    ]

  // Draws what a thread consists of and nothing else: no answer can put a script into the page.
  const elements =
    /^(a|bdi|blockquote|br|button|code|details|div|em|form|h\d|header|input|label|li|ol|p|pre|section|span|strong|summary|textarea|time|ul)$/
  const attributes =
    /^(action|aria-\w+|autocomplete|class|data-depth|datetime|dir|href|id|lang|method|name|novalidate|open|rel|required|role|rows|start|tabindex|type|value)$/
  const draw = (node, base) => {
    if (!Array.isArray(node)) return node
    const [name, given, ...content] = node
    const element = make(elements.test(name) ? name : 'span')
    for (const key in given) {
      let value = given[key]
      if (/^(action|href)$/.test(key)) {
        if (value[0] === '/') value = new URL(value, base).href
        if (!/^(#|https?:|mailto:)/i.test(value)) continue
      }
      if (attributes.test(key)) element.setAttribute(key, value)
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
        if (request.readyState !== 2 || !/html/.test(request.getResponseHeader('content-type'))) return
        request.responseType = 'document'
      }
      request.onload = () => {
        const section = request.responseType && request.response?.querySelector('section.dumka')
        done({ request, section: section && draw(tree(section), request.responseURL) })
      }
      request.onerror = request.ontimeout = failed
      request.send(form)
    })

  // The browser's memory for the reader; denied or full, the text still stands in the form.
  const memory = (key, value) => {
    try {
      return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value)
    } catch {}
  }

  // One thread in one element, until the element leaves the page or is about another thread.
  class Thread {
    acts = new Set()
    acted = new Promise(done => (this.hurry = done))
    tools = { ask, draw, make, memory, words }

    constructor(host) {
      this.host = host
      this.config = settings(host)
      this.inside = host.hasAttribute('isolate') ? (host.shadowRoot ?? host.attachShadow({ mode: 'open' })) : host
      const { endpoint, site, page } = this.config
      this.key = ['dumka:draft', endpoint, site, page].join(' ')
    }

    async begin(held) {
      const { host, config } = this
      host.dataset.state = 'loading'
      host.dataset.composer = 'closed'
      if (held) return this.show(held)
      const late = setTimeout(() => this.fail(), 11000)
      const list = new URL(config.endpoint)
      for (const name of ['site', 'page', 'sort', 'limit', 'comment', 'lang']) if (config[name]) list.searchParams.set(name, config[name])
      list.searchParams.set('format', 'html')
      try {
        const isReady = ready && ['site', 'page', 'sort', 'limit', 'lang', 'comment'].every(name => ready[name] === config[name])
        const [{ section, request }] = await Promise.all([isReady ? { section: draw(ready.thread, script.src) } : ask(list), this.style(isReady)])
        if (this.ended) return
        if (section) this.show(section)
        else this.program(new Response(request.responseType ? '' : request.responseText, request))
      } catch {
        this.fail() // the browser itself has said why, on the console
      }
    }
  }
}
