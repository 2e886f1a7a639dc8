// Runs in the measured page before anything of its own. COMMENT and EXPECTED are put in front of it.
{
  const probe = { firstPaint: null, first: null, firstPainted: null, all: null, allPainted: null, posted: null }
  Object.assign(probe, { shift: 0, blocking: 0, longest: 0, allShown: null, moved: performance.now() })
  window.bench = probe
  const seen = document.getElementsByClassName(COMMENT)
  const moved = () => (probe.moved = performance.now())

  // A message sent from an animation frame arrives once that frame is drawn.
  const onPaint = paint =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => paint(performance.now())
      port2.postMessage(null)
    })
  const mark = name => {
    if (probe[name] !== null) return
    probe[name] = performance.now()
    onPaint(time => (probe[name + 'Painted'] = time))
  }

  // Faster than anybody types, so that the form is sent as soon as it can be.
  probe.fill = (selectors, words) => {
    for (const [place, selector] of selectors.entries()) {
      const field = document.querySelector(selector)
      field.value = words[place]
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }

  let clicked, own
  probe.expect = text => {
    own = text
    addEventListener('click', () => (clicked = performance.now()), { capture: true, once: true })
  }
  const isOwn = comment => comment.textContent.includes(own)
  const watcher = new MutationObserver(() => {
    moved()
    if (seen.length > 0) mark('first')
    if (seen.length >= EXPECTED && EXPECTED > 0) mark('all')
    if (!own || !clicked || ![...seen].some(isOwn)) return
    own = null
    onPaint(time => (probe.posted = time - clicked))
  })
  watcher.observe(document, { childList: true, subtree: true, characterData: true })

  // What is added is counted: to count all again at every change would be what takes longest.
  probe.showAll = (selector, size) => {
    watcher.disconnect()
    const number = node => (node.className === COMMENT ? 1 : (node.getElementsByClassName?.(COMMENT).length ?? 0))
    const clicked = performance.now()
    let shown = seen.length
    new MutationObserver(changes => {
      moved()
      for (const { addedNodes, removedNodes } of changes) {
        for (const node of addedNodes) shown += number(node)
        for (const node of removedNodes) shown -= number(node)
      }
      if (shown >= size) probe.allShown ??= performance.now() - clicked
    }).observe(document.body, { childList: true, subtree: true })
    probe.longest = 0
    setTimeout(() => document.querySelector(selector).click())
  }

  const observe = (type, take) =>
    new PerformanceObserver(list => list.getEntries().forEach(take)).observe({ type, buffered: true })
  observe('longtask', entry => {
    moved()
    probe.blocking += entry.duration - 50
    probe.longest = Math.max(probe.longest, entry.duration)
  })
  observe('layout-shift', entry => {
    if (!entry.hadRecentInput) probe.shift += entry.value
  })
  observe('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') probe.firstPaint = startTime
  })
  observe('resource', moved)
}
