// Finds the same element in another section of the thread. It is known by what it is (its comment, its own class or name),
// never by its number: the page around may have put others between ours.

// The class by which Dumka knows an element, whatever the page has added beside it.
export const ownClass = element => [...element.classList].find(name => name.startsWith('dumka-'))

// What finds the same element in another section.
export const selectorOf = element => {
  const name = element.getAttribute('name')
  const own = ownClass(element)
  return name ? `[name=${JSON.stringify(name)}]` : own ? '.' + own : element.localName
}

// What finds a comment by its id. A page may have something of its own under the name of the browser's `CSS`.
export const idSelector = id =>
  '#' + (id.replace(/[^a-z]/giu, it => `\\${it.codePointAt().toString(16)} `) || '_')

// The comment around an element, or the section.
export const placeOf = element => element.closest('.dumka-comment, .dumka')

const within = (section, place) => (place.matches('.dumka') ? section : section.querySelector(idSelector(place.id)))

// What stands in another section in the place of an element, also where comments came or went between. Of one that may
// be gone from its own, `around` tells where it stood.
export const counterpart = (section, element, around = placeOf(element)) => {
  const place = around && within(section, around)
  if (element === around || !place) return place
  const selector = selectorOf(element)
  const before = around.querySelectorAll(selector)
  const after = place.querySelectorAll(selector)
  return after[[...before].indexOf(element)] ?? after[0]
}

// A field by its name. What a page adds to all objects hides the named properties of collections.
export const field = (form, name) => form.querySelector(`[name=${name}]`)

// Whether a form's words are on their way.
export const isSending = form => form.querySelector('.dumka-submit')?.ariaBusy === 'true'

// Types into a field for the reader, whose words are there already in another.
export const type = (control, value) => {
  if (!control || control.value === value) return
  control.value = value
  control.dispatchEvent(new Event('input', { bubbles: true }))
}
