// Makes each class inside a shadow root also a part, so that the page can style it. Each is named once, when it comes or
// becomes something else: looked for after each drawing, they would take as long as the thread is.

const name = it => {
  if (it.className) it.part = it.className
}

export const exposeParts = root => {
  for (const it of root.querySelectorAll('[class]')) name(it)
  const named = new MutationObserver(records => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes') name(target)
      for (const node of addedNodes) {
        if (node.nodeType !== 1) continue
        name(node)
        // What came in it is told of too, or is not.
        for (const it of node.querySelectorAll('[class]:not([part])')) name(it)
      }
    }
  })
  named.observe(root, { childList: true, subtree: true, attributeFilter: ['class'] })
}
