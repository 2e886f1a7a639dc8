// Dumka's loader. Defines <dumka-comments>, reads its attributes, and shows the thread as the server has drawn it.
// The program comes when the reader acts or the line is idle (program.js). The build joins this file and those of
// `loader/` into one script, which leaves no global behind.

// In the order in which the joined script packs best.
import { scrollToPermalink } from './loader/permalink.js'
import { script, TAG, warnNoTag } from './loader/tag.js'
import { adopt } from './loader/style.js'
import { detectSchemes } from './loader/scheme.js'
import { DumkaComments } from './loader/element.js'
import { page } from './page.js'
import { fillCounts, placeElement } from './loader/placement.js'

// Whether the page has elements or numbers of its own is known once it is parsed.
// In a <head> none would be seen: there the site adds its elements when it likes.
const fillPage = () => fillCounts() ?? page.querySelector(TAG) ?? (script.closest('body') && placeElement())

if (script) {
  // Once, however often the tag is run: single-page sites run it with every page.
  if (!customElements.get(TAG)) {
    customElements.define(TAG, DumkaComments)
    addEventListener('hashchange', scrollToPermalink)
    page.addEventListener('dumka:count', fillCounts)
    new MutationObserver(detectSchemes).observe(page.documentElement, { attributes: true })
    addEventListener('transitionend', detectSchemes)
    // So that what comes later moves nothing on the page.
    adopt(page, `@layer dumka{@media screen{${TAG}[data-reserved]{display:block;min-block-size:100vh}}}`)
  }
  const named = script.dataset.page
  // A site that keeps its pages runs the tag again beside what it has put there.
  if (named !== undefined && script.nextElementSibling?.getAttribute('page') !== named) placeElement()
  if (page.readyState === 'loading') addEventListener('DOMContentLoaded', fillPage)
  else fillPage()
} else warnNoTag()
