// Fetches the files of the program, all at once and once for all threads of the page.

import { assetUrl, load } from './tag.js'

let files

// A browser may remember of an address that nothing came from it: each time it is another one.
export let again = ''

export const programFiles = () => {
  files ??= [load('program.js' + again), load('dumka-widget.js' + again), fetch(assetUrl('dumka-widget_bg.wasm'))]
  for (const file of files) file.catch(() => {}) // said by whoever waits for it
  return files
}

// Has the next call fetch them again.
export const forgetFiles = () => {
  files = null
  again += '?'
}
