// What would keep a reader from using the widget of this page, one line each; nothing where all is well.
() => {
  const host = document.querySelector('dumka-comments')
  const root = host.shadowRoot ?? host
  const section = root.querySelector('section.dumka')
  const complaints = new Set()
  const found = selector => Array.from(section.querySelectorAll(selector))
  const round = number => Math.round(number * 10) / 10
  const called = it =>
    `<${it.localName} class="${it.className}"${it.name ? ` name=${it.name}` : ''}> «${it.textContent.trim().slice(0, 24)}»`

  // What shines through or moves is looked at where it comes to rest.
  const settle = () => document.getAnimations().forEach(animation => animation.finish())
  settle()

  // Folded up or closed by the widget itself, or only heard.
  const isPutAway = it => it.closest('[hidden], details:not([open]) > :not(summary), .dumka-sr-only')
  const isSeen = it => it.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  const inSentence = it => it.closest('.dumka-body')
  const controls = found('a[href], button, summary, input:not([type=hidden]), textarea, select').filter(
    it => !isPutAway(it),
  )

  // Controls are there, are large enough to be hit, and nothing lies on them.
  for (const control of controls) {
    if (!isSeen(control)) {
      complaints.add(`cannot be seen: ${called(control)}`)
      continue
    }
    if (inSentence(control)) continue
    control.scrollIntoView({ block: 'center', behavior: 'instant' })
    const { left, top, width, height } = control.getBoundingClientRect()
    if (width < 23.9 || height < 23.9) complaints.add(`${round(width)} × ${round(height)} px: ${called(control)}`)
    const hit = root.elementFromPoint?.(left + width / 2, top + height / 2) ??
      document.elementFromPoint(left + width / 2, top + height / 2)
    if (hit && !control.contains(hit)) complaints.add(`${called(hit)} lies on ${called(control)}`)
  }

  // Every piece of text with the lines it stands on. A line is taken a little lower than its font says: the room for
  // accents may be shared.
  const pieces = []
  const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode
    const parent = text.parentElement
    if (!text.data.trim() || isPutAway(parent) || parent.closest('option')) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const lines = Array.from(range.getClientRects(), box => {
      const trim = box.height * 0.2
      return { left: box.left, right: box.right, top: box.top + trim, bottom: box.bottom - trim }
    }).filter(box => box.right - box.left > 0.5)
    pieces.push({ text, parent, lines })
  }

  // Nothing sticks out of the window, and the page does not scroll sideways for it.
  const across = document.documentElement.clientWidth
  for (const it of [section, ...found('*')]) {
    if (isPutAway(it) || !isSeen(it) || it.closest('.dumka-parent *, pre *')) continue
    const { left, right, width } = it.getBoundingClientRect()
    if (width && (left < -0.5 || right > across + 0.5))
      complaints.add(`from ${round(left)} to ${round(right)} in a window of ${across} px: ${called(it)}`)
  }
  const scrolled = document.scrollingElement.scrollWidth
  const { left: outerLeft, right: outerRight } = host.getBoundingClientRect()
  if (scrolled > across && outerLeft + host.scrollWidth > Math.max(across, outerRight) + 0.5)
    complaints.add(`the page is ${scrolled} px wide in a window of ${across} px`)

  // No words are cut off: by what clips them, or by a control too small for them. The name of who is answered is cut
  // by design, and so are marks stacked above and below a text.
  const clips = (style, way) => style['overflow' + way] === 'hidden' || style['overflow' + way] === 'clip'
  const spills = (lines, box) =>
    lines.some(line => line.left < box.left - 1 || line.right > box.right + 1 || line.top < box.top - 1 || line.bottom > box.bottom + 1)
  for (const { parent, lines } of pieces) {
    const control = parent.closest('a[href], button, summary')
    if (control && !inSentence(control) && spills(lines, control.getBoundingClientRect()) && !parent.closest('.dumka-parent'))
      complaints.add(`the words do not fit in ${called(control)}`)
    // What scrolls by itself is not cut off.
    for (let it = parent; it && it !== host && getComputedStyle(it).overflowX !== 'auto'; it = it.parentElement) {
      const style = getComputedStyle(it)
      if (it.matches('.dumka-parent') || !(clips(style, 'X') || clips(style, 'Y'))) continue
      const { left, right, top, bottom } = it.getBoundingClientRect()
      // A space that is kept may hang over the end of its line, where nobody sees it.
      const { whiteSpace, fontSize } = getComputedStyle(parent)
      const hanging = whiteSpace === 'pre-wrap' ? parseFloat(fontSize) / 2 : 0
      if (spills(lines, { left: left - hanging, right: right + hanging, top, bottom })) complaints.add(`clipped by ${called(it)}: ${called(parent)}`)
    }
  }

  // No words or controls lie on others. What stays in view lies on what scrolls under it.
  const isAfloat = it => it.closest('.dumka-new-bar')
  const boxes = [
    ...controls.filter(it => !inSentence(it) && isSeen(it)).map(it => ({ it, box: it.getBoundingClientRect() })),
    ...pieces.flatMap(({ parent, lines }) => lines.map(box => ({ it: parent, box }))),
  ].filter(({ it }) => !isAfloat(it))
  for (const [place, one] of boxes.entries())
    for (const other of boxes.slice(place + 1)) {
      if (one.it.contains(other.it) || other.it.contains(one.it)) continue
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
      if (wide > 1 && high > 1) complaints.add(`${called(one.it)} and ${called(other.it)} overlap`)
    }

  // Colours as the screen mixes them, red, green, blue from 0 to 255 and opacity from 0 to 1.
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const mixed = new Map()
  const colour = css => {
    if (!mixed.has(css)) {
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = css
      canvas.fillRect(0, 0, 1, 1)
      const [red, green, blue, opacity] = canvas.getImageData(0, 0, 1, 1).data
      mixed.set(css, [red, green, blue, opacity / 255])
    }
    return mixed.get(css)
  }
  const over = ([red, green, blue, opacity], under) =>
    [red, green, blue].map((part, place) => part * opacity + under[place] * (1 - opacity)).concat(1)
  const above = it => it.parentElement ?? it.getRootNode().host
  const canvasColour = () => (matchMedia('(prefers-color-scheme: dark)').matches && getComputedStyle(document.documentElement).colorScheme.includes('dark') ? [18, 18, 18, 1] : [255, 255, 255, 1])
  // What lies behind a control's background belongs to its ground.
  const layer = (it, pseudo) => colour(getComputedStyle(it, pseudo).backgroundColor)
  const filling = /(\w+\([^)]*\)) 0px 0px 0px \d{4,}px inset/
  const inner = it => colour(getComputedStyle(it).boxShadow.match(filling)?.[1] ?? 'transparent')
  const isBehind = it => getComputedStyle(it, '::before').zIndex === '-1'
  const ground = it => {
    if (!it) return canvasColour()
    const below = ground(above(it))
    return over(inner(it), over(layer(it), isBehind(it) ? over(layer(it, '::before'), below) : below))
  }
  const light = ([red, green, blue]) =>
    [red, green, blue]
      .map(part => part / 255)
      .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0)
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b)
    return (bright + 0.05) / (dark + 0.05)
  }
  const fading = it => (it ? getComputedStyle(it).opacity * fading(above(it)) : 1)

  // What the page itself gives its links, buttons and quotes; a site may choose a colour that is enough for large text.
  const own = name => {
    const around = document.createElement('blockquote')
    const probe = Object.assign(document.createElement(name), { href: '#', type: 'submit' })
    around.append(probe)
    host.parentElement.append(around)
    const { color } = getComputedStyle(probe)
    around.remove()
    return color
  }
  const dressed = ['a', 'button', 'em', 'code', 'p']
  const sites = dressed.map(own)
  for (const { parent } of pieces) {
    if (!isSeen(parent)) {
      complaints.add(`cannot be seen: ${called(parent)}`)
      continue
    }
    const style = getComputedStyle(parent)
    const size = parseFloat(style.fontSize)
    if (size < 10) complaints.add(`letters of ${round(size)} px: ${called(parent)}`)
    const [red, green, blue, opacity] = colour(style.color)
    const behind = ground(parent)
    const seen = contrast(over([red, green, blue, opacity * fading(parent)], behind), behind)
    const isLarge = size >= 24 || (size >= 18.6 && style.fontWeight >= 700)
    const isSites = parent.closest(dressed) && sites.includes(style.color)
    if (seen < (isLarge || isSites ? 3 : 4.5) - 0.05) complaints.add(`contrast of ${round(seen)}: ${called(parent)}`)
  }

  // Who goes from control to control sees where the focus is.
  const shown = it => {
    const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(it)
    return { ring: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1, other: [boxShadow, borderColor, backgroundColor].join() }
  }
  const seats = controls.filter(isSeen)
  const focused = () => root.activeElement ?? document.activeElement
  focused()?.blur()
  settle()
  for (const control of seats) {
    const before = shown(control)
    control.focus({ preventScroll: true })
    control.getAnimations().forEach(animation => animation.finish())
    const after = shown(control)
    if (focused() !== control) complaints.add(`takes no focus: ${called(control)}`)
    else if (!after.ring && before.other === after.other) complaints.add(`no ring around ${called(control)}`)
  }
  return [...complaints]
}
