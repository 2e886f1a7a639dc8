// A page that meddles with the comments in it, as site scripts, translators and extensions do: at random, and for the
// same seed in the same way.
seed => {
  let state = seed
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const perhaps = () => random() < 0.5
  const one = list => list[Math.floor(random() * list.length)]

  const done = []
  self.meddling = { done, isGoing: true }

  const roots = () => Array.from(document.querySelectorAll('dumka-comments'), it => it.shadowRoot ?? it)
  const ours = (selector = '*') => roots().flatMap(root => [...root.querySelectorAll(selector)])
  const isActive = it => roots().some(root => it.contains(root.activeElement ?? document.activeElement))
  const make = (name, properties, ...content) => {
    const element = Object.assign(document.createElement(name), properties)
    element.append(...content)
    return element
  }
  const texts = selector => {
    const found = []
    for (const it of ours(selector)) {
      if (it.closest('textarea, option, style')) continue
      for (const node of it.childNodes) if (node.nodeType === 3 && node.data.trim()) found.push(node)
    }
    return found
  }

  const kinds = {
    // The focus-visible polyfill, ripples, link decorators.
    decorates() {
      const name = one(['focus-visible-added', 'ripple', 'js-hover', 'ext-link', 'is-visited'])
      const isFirst = perhaps()
      for (const it of ours(one(['*', 'a', 'a, button, summary', 'form *', 'li, div'])))
        if (!it.classList.contains(name)) it.className = (isFirst ? [name, it.className] : [it.className, name]).join(' ').trim()
    },
    undecorates() {
      const name = one(['focus-visible-added', 'ripple', 'js-hover'])
      for (const it of ours('.' + name)) it.classList.remove(name)
    },
    // Chrome's translator puts two of them into the place of each text.
    translates() {
      const part = perhaps()
      for (const text of texts()) {
        if (text.parentNode.localName === 'font' || (part && perhaps())) continue
        const style = 'vertical-align: inherit'
        const font = make('font', {}, make('font', {}, text.data))
        font.style = font.firstChild.style = style
        text.replaceWith(font)
      }
      document.documentElement.classList.add('translated-ltr')
    },
    // A dictionary or a decorator of words.
    wrapsWords() {
      for (const text of texts('.dumka-body, .dumka-body :not(.word)')) {
        if (text.parentNode.matches('.word')) continue
        text.replaceWith(...text.data.split(/(?<=\s)/).map(word => make('span', { className: 'word' }, word)))
      }
    },
    // What is in a button or a link goes into an element of its own.
    wrapsContent() {
      for (const it of ours('a, button, summary')) {
        if (it.querySelector('.inner') || isActive(it)) continue
        const inner = make('span', { className: 'inner' })
        inner.append(...it.childNodes)
        it.append(inner)
      }
    },
    drawsEmoji() {
      const picture = /\p{Extended_Pictographic}/u
      for (const text of texts()) {
        if (!picture.test(text.data)) continue
        const parts = text.data.split(/(\p{Extended_Pictographic}\ufe0f?)/u)
        const draw = part => (picture.test(part) ? make('img', { className: 'emoji', alt: part, src: 'data:,' }) : part)
        text.replaceWith(...parts.filter(Boolean).map(draw))
      }
    },
    // Password managers and grammar checkers.
    besideFields() {
      for (const field of ours('form :is(textarea, input, select)')) {
        if (field.parentNode.querySelector('.manager')) continue
        const place = one(['before', 'after'])
        field[place](make('span', { className: 'manager', ariaHidden: 'true' }))
        field.dataset.gramm = 'false'
      }
      for (const form of ours('form'))
        if (!form.querySelector('.overlay')) form[one(['append', 'prepend'])](make('div', { className: 'overlay' }))
    },
    marks() {
      const name = one(['data-ga', 'data-aos', 'aria-details', 'data-lt-tmp-id', 'itemprop', 'data-tooltip'])
      for (const it of ours(one(['*', 'a', 'textarea, input', '[class]']))) it.setAttribute(name, Math.floor(random() * 999))
    },
    unmarks() {
      const name = one(['data-ga', 'data-aos', 'data-lt-tmp-id'])
      for (const it of ours(`[${name}]`)) it.removeAttribute(name)
    },
    styles() {
      const [name, value] = one([['--meddled', '1'], ['outline-offset', '1px'], ['text-rendering', 'optimizeLegibility']])
      for (const it of ours(one(['*', 'a', 'button', 'textarea, input']))) it.style.setProperty(name, value)
    },
  }

  // Guards against sending twice, before ours hears of it or after.
  const guard = () => {
    for (const it of ours('[type=submit], button:not([type])')) it.disabled = true
  }
  const isLate = perhaps()
  document.addEventListener('submit', () => (isLate ? setTimeout(guard) : guard()), perhaps())

  // A tracker counts the links that lead elsewhere, and then follows them.
  document.addEventListener('click', event => {
    const link = event.composedPath().find(it => it.localName === 'a')
    if (!link?.host || link.host === location.host) return
    event.preventDefault()
    tell('followed', link.href)
    setTimeout(() => (location = link.href), 60)
  })

  // Keys of the page: it takes each that it hears of. The first few say enough.
  let heard = 0
  const take = event => {
    if (!event.composedPath().some(it => it.localName === 'form' && it.closest('section.dumka'))) return
    if (heard++ < 3) tell('heard', event.type + ' ' + event.key)
    event.preventDefault()
  }
  const listener = perhaps() ? document : self
  for (const type of ['keydown', 'keypress', 'keyup']) listener.addEventListener(type, take)

  // What is exchanged between press and release is clicked in no browser.
  let isPressed = false
  addEventListener('pointerdown', () => (isPressed = true), true)
  for (const type of ['pointerup', 'pointercancel']) addEventListener(type, () => setTimeout(() => (isPressed = false)), true)

  const names = Object.keys(kinds)
  const meddle = () => {
    if (self.meddling.isGoing && !isPressed) {
      const name = one(names)
      kinds[name]()
      done.push(name)
    }
    setTimeout(meddle, 10 + random() * 120)
  }
  meddle()
}
