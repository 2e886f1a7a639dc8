// Hears what the reader does before the program is there: what is pressed is done by forms.js, for which it waits in a
// queue; the program comes once that is done.

import { native } from '../page.js'

export const READER_EVENTS = ['click', 'submit', 'pointerover', 'keydown', 'pointerdown']

export const addReaderMethods = (thread, host) => {
  thread.queueAction = pressed => {
    thread.queue.add(pressed)
    pressed.ariaBusy = true
  }
  // What was done here goes no further: the page around may follow links and disable buttons.
  thread.onReaderEvent = event => {
    if (thread.ended) return // another one has the section now
    const { type } = event
    const target = native(event.target)
    const control = type === 'click' ? target.closest(':is(button, a, summary)[class*=dumka-]') : null
    const isPlain = control && !(event.metaKey || event.ctrlKey || event.shiftKey)
    const fragment = control?.hash
    // Left to itself, it would lead away from the page, where that has a <base>, or from a route in the fragment.
    if (isPlain && fragment) {
      event.preventDefault()
      location.hash = (/^#[/!][^#]*/.exec(location.hash) ?? '') + fragment
    }
    if (thread.widget || (type === 'pointerover' && !target.closest('form, button, a, summary'))) return
    thread.serve()
    if (control) event.stopPropagation()
    const pressed = type === 'submit' ? event.target : isPlain && !fragment && control.type !== 'submit' && control
    if (!pressed) return
    event.stopPropagation()
    event.preventDefault()
    if (control?.localName !== 'summary') return thread.queueAction(pressed)
    const composer = control.closest('details')
    host.dataset.composer = (composer.open = !composer.open) ? 'open' : 'closed'
    composer.querySelector('textarea')?.focus() // refused where it is hidden
  }
}
