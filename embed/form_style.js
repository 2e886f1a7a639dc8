// Adds the style of what the reader's acts need to a thread that has that of what is read.

import { make } from './page.js'

export const addFormStyle = ({ inside }) => {
  if (inside.querySelector('[href$="/widget.css"], [href$="/forms.css"], style')) return
  inside.prepend(make('link', { rel: 'stylesheet', href: new URL('forms.css', import.meta.url).href }))
}
