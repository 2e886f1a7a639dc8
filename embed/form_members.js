// Keeps what the page puts into our forms from hiding what a form has: `<input name=closest>`.

const ATTRIBUTES = ['name', 'id']
const CONTROLS = 'section.dumka form :is([name], [id])'
const ELEMENT = 1

// As a field of our own is called, nobody asks a form for it, whatever a page adds to the prototypes.
const OWN = /^(delete|edit|edited_at|email|name|parent|reason|report|text|value|vote)$/
const isHiding = name => name in HTMLFormElement.prototype && !OWN.test(name)

// A form remembers what it was asked for under a name, as long as that belongs to it.
const reassociate = control => {
  const form = control.getAttribute('form')
  control.setAttribute('form', '')
  form === null ? control.removeAttribute('form') : control.setAttribute('form', form)
}

const unhide = control => {
  const hiding = ATTRIBUTES.filter(name => isHiding(control.getAttribute(name)))
  for (const name of hiding) control.removeAttribute(name)
  if (hiding.length) reassociate(control)
}

// Sees to an element and what is in it.
export const unhideMembers = element => {
  if (element.matches?.(CONTROLS)) unhide(element)
  for (const it of element.querySelectorAll(CONTROLS)) unhide(it)
}

// Sees to what is in an element or a shadow root, now and from now on.
export const watchMembers = root => {
  unhideMembers(root)
  const look = records => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes') unhideMembers(target)
      for (const it of addedNodes) if (it.nodeType === ELEMENT) unhideMembers(it)
    }
  }
  new MutationObserver(look).observe(root, { subtree: true, childList: true, attributeFilter: ATTRIBUTES })
}
