// Gets the program and lets it take the place of the thread that the loader shows. What the reader has typed,
// selected or pressed by then goes over to it. Where the program does not come, forms.js does without.

const near = name => new URL(name, import.meta.url).href

// What time it is, by the server's clock.
let clock
const times = import(near('times.js')).then(module => (clock = module))

// What a reader who pressed something waits for the program, and what one waits who sees nothing yet.
const PATIENCE_MS = 5000
const EMPTY_PATIENCE_MS = 10000
const LOOK_AGAIN_MS = 50

// The program is one for all widgets of the page.
let starting
const start = async ([glue, binary]) => {
  const module = await WebAssembly.compileStreaming(binary)
  await (await glue).default({ module_or_path: module })
  // Browsers compile a function when it is called first, and most of them are within a moment: not all in one task.
  await new Promise(done => setTimeout(done))
  return glue
}

// Draws the thread of `answer`, or takes the place of the one that is shown.
export const run = async (thread, answer, parts) => {
  const words = said(thread)
  const first = answer ?? list(thread)
  setTimeout(readClock, 0, thread.config.lang)
  thread.remember = () => remember(thread)
  if (!answer) thread.remember()
  try {
    const all = Promise.all([(starting ??= start(parts)), words, times])
    await inTime(thread, answer, isOver => all.then(all => (answer ? draw : takeOver)(thread, all, first, isOver)))
  } catch (error) {
    if (answer) throw error
    if (thread.ended) return // what it showed may be another one's by now
    const forms = await import(near('forms.js'))
    forms.run(thread, await words.catch(() => null))
  }
}

// The words of the thread's language; the site's own among them came with the thread, or stand at the element.
const said = async ({ config, host, section }) => {
  const file = fetch(near(config.lang + '.json'))
  const own = section?.dataset.words ?? host.getAttribute('words')
  const module = own && import(near('words.js'))
  const words = await (await file).json()
  return module ? (await module).reworded(words, own) : words
}

// The first use of a language's times takes a slow phone a tenth of a second, in one piece: while the program is still
// on its way nobody waits for it.
const readClock = lang => new Intl.DateTimeFormat(lang, { timeStyle: 'short' })

// The list that is shown, for the program.
const list = ({ list }) => {
  const plain = new URL(list)
  for (const name of ['format', 'lang', 'heading-level']) plain.searchParams.delete(name)
  const answer = fetch(plain)
  Promise.all([answer, times]).then(([answer]) => clock.learnFrom(answer), () => {}) // said by the program
  return answer
}

// Gives up when the reader has waited long enough; `isOver` says so to what is under way.
const inTime = (thread, answer, task) =>
  new Promise((done, failed) => {
    let over = false
    const giveUp = error => {
      over = true
      failed(error)
    }
    const waits = []
    const hurry = ms => waits.push(setTimeout(giveUp, ms))
    const { act } = thread
    thread.act = pressed => {
      act(pressed)
      hurry(PATIENCE_MS)
    }
    if (answer) hurry(EMPTY_PATIENCE_MS)
    if (thread.acts.size) hurry(PATIENCE_MS)
    const settled = task(() => over || thread.ended).then(done, giveUp)
    // Nothing of a thread that is gone is held until its time is up.
    settled.then(() => waits.forEach(clearTimeout))
  })

const draw = (thread, [glue, texts], first, isOver) => {
  if (isOver()) return
  const { host, inside, config } = thread
  const { dir } = texts
  const root = Object.assign(document.createElement('section'), { className: 'dumka', lang: config.lang, dir })
  inside.append(root)
  thread.section = root
  own(thread, root, mount(glue, [host, root, { ...config, heading_level: config['heading-level'] }, texts, Promise.resolve(first), undefined]))
}

// A widget with what it needs of the page besides its element.
const mount = (glue, given) => {
  let deaf, ended
  const listen = async after => {
    const { follow } = await import(near('live.js'))
    if (ended) return
    deaf?.()
    deaf = follow({ ...given[2], after, host: given[0] }, (event, data) => widget.heard(event, data))
  }
  const copy = id => navigator.clipboard?.writeText(location.href.split('#')[0] + '#comment-' + id)
  const widget = glue.mount(...given, { listen, copy, ...clock.of(given[2].lang) })
  const unmount = () => {
    if (ended) return
    ended = true
    deaf?.()
    mounted.letFocusGo?.()
    widget.unmount()
    given[1].remove()
  }
  const mounted = { unmount, refresh: () => widget.refresh(), takeOver: (...given) => widget.take_over(...given) }
  return mounted
}

const own = (thread, root, widget) => {
  import(near('focus.js')).then(module => thread.ended || (widget.letFocusGo = module.keep(root)))
  if (thread.host.shadowRoot) import(near('parts.js')).then(module => module.keep(root))
  thread.widget = widget
  thread.refresh = () => widget.refresh()
}

const takeOver = async (thread, [glue, texts], first, isOver) => {
  const { host, section, config } = thread
  const root = section.cloneNode()
  // Where the form and the links of the shown thread lead, there they lead in the program's.
  const [form, link] = ['form', 'a[class]:not([href^="#"])'].map(selector => section.querySelector(selector))
  const address = form?.getAttribute('action') ?? link?.getAttribute('href')
  const thread_page = address?.replace(/&sort=.*/, '&sort=' + config.sort)
  // And at the level at which its heading stands, whoever drew it.
  const heading_level = +section.querySelector('.dumka-count').localName[1]
  let widget
  const state = await new Promise(beside => {
    widget = mount(glue, [host, root, { ...config, thread_page, heading_level }, texts, first, beside])
  })
  while (state !== 'failed' && !isOver() && isBusy(thread)) await new Promise(done => setTimeout(done, LOOK_AGAIN_MS))
  if (state === 'failed' || isOver()) {
    widget.unmount()
    throw new Error('the thread that is shown stays')
  }
  own(thread, root, widget)
  widget.takeOver(written(section), () => {
    swap(thread, root)
    // Done in the order in which it was asked for, each in a task of its own, once what is drawn has been laid out:
    // what moves the focus would have it laid out at once, and the press would wait for that.
    let turn = new Promise(requestAnimationFrame)
    for (const pressed of thread.acts) {
      turn = turn.then(() => new Promise(done => setTimeout(done)))
      turn.then(() => press(counterpart(root, pressed)))
    }
  })
}

// What stands in another section in the place of something that was pressed, also where comments came or went between.
export const counterpart = (section, pressed) => {
  const comment = pressed.closest('.dumka-comment')
  const within = comment ? section.querySelector('#' + CSS.escape(comment.id)) : section
  return within?.querySelector('.' + pressed.className)
}

// Whether something of the thread is under the reader's finger, or half a letter typed.
const isBusy = ({ section, isComposing }) => isComposing || section.matches(':active')

const press = pressed => (pressed?.querySelector('.dumka-submit') ?? pressed)?.click()

// What stands in the form, if there is one.
const written = section => {
  const form = section.querySelector('.dumka-composer')
  if (!form) return null
  const value = name => form.querySelector(`[name=${name}]`).value
  return { open: form.open, name: value('name'), email: value('email'), text: value('text') }
}

// Puts the program's section in the place of the shown one, which has the same elements in the same order.
const swap = (thread, root) => {
  const { section } = thread
  const [before, after] = [section, root].map(it => [...it.querySelectorAll('*')])
  const active = section.getRootNode().activeElement
  const focused = after[before.indexOf(active)]
  const { selectionStart, selectionEnd, selectionDirection } = active ?? {}
  const [text, newText] = [section, root].map(it => it.querySelector('textarea'))
  const [top, size] = [text?.scrollTop, text?.style.cssText]
  const marks = marked(section, before)
  thread.put(root)
  if (size) newText.style.cssText = size // as the reader has drawn it out
  if (top) newText.scrollTop = top
  focused?.focus({ preventScroll: true })
  if (focused && selectionStart != null) focused.setSelectionRange(selectionStart, selectionEnd, selectionDirection)
  if (marks) mark(root, after, marks)
  const target = section.querySelector('[aria-current=location]')?.id
  if (target) root.querySelector('#' + CSS.escape(target))?.setAttribute('aria-current', 'location')
}

const selectionOf = section => section.getRootNode().getSelection?.() ?? getSelection()

// The ends of the marked text: each an element by its number, and so many characters from its beginning; times alone
// read otherwise after the swap. A place outside stays a place.
const marked = (section, elements) => {
  const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = selectionOf(section)
  if (isCollapsed || !(section.contains(anchorNode) || section.contains(focusNode))) return
  return [[anchorNode, anchorOffset], [focusNode, focusOffset]].map(([node, offset]) => {
    if (!section.contains(node)) return { node, offset }
    const element = node.nodeType === 1 ? node : node.parentNode
    const range = document.createRange()
    range.setStart(element, 0)
    range.setEnd(node, offset)
    return { number: elements.indexOf(element), offset: range.toString().length }
  })
}

const mark = (root, elements, marks) => {
  const [[anchor, from], [focus, to]] = marks.map(({ node, number, offset }) =>
    node ? [node, offset] : located(elements[number] ?? root, offset)
  )
  selectionOf(root).setBaseAndExtent(anchor, from, focus, to)
}

const located = (element, offset) => {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  let last = element
  while (texts.nextNode()) {
    last = texts.currentNode
    if (offset <= last.length) return [last, offset]
    offset -= last.length
  }
  return [last, last.length ?? 0]
}

// Keeps what is typed into the shown forms as the program would, and brings back what was kept.
const remember = ({ config, section }) => {
  const key = ['dumka:draft', config.endpoint, config.site, config.page].join(' ')
  for (const form of section.querySelectorAll('form')) {
    const { text, name, parent } = form.elements
    if (name) rememberForm(form, parent ? key + ' ' + parent.value : key, text, name) // a report is no draft
  }
}

const rememberForm = (form, key, text, name) => {
  const kept = () => {
    try {
      return JSON.parse(localStorage[key])
    } catch {} // nothing, or rubbish, or storage is denied
  }
  const keep = () => {
    try {
      localStorage[key] = JSON.stringify({ ...kept(), text: text.value })
      if (name.value) localStorage['dumka:name'] = name.value
    } catch {} // the text still stands in the form
  }
  if (text.value) keep()
  try {
    text.value ||= kept()?.text ?? ''
    name.value ||= localStorage['dumka:name'] ?? ''
  } catch {} // storage is denied
  form.addEventListener('input', keep)
}
