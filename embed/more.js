// Brings the thread from its beginning, or in another order, without the program; the reader's forms stay as they are.

import { focus, PANEL } from './form_answer.js'
import { idSelector } from './handover.js'
import { showVotes } from './session.js'
import { storage } from './storage.js'

const COMMENTS = '.dumka-comment'

const idsOf = section => Array.from(section.querySelectorAll(COMMENTS), ({ id }) => id)

// Puts what came around the reader's form, and the form under a comment back under it.
const renew = ({ section }, came) => {
  const [own, other] = [section, came].map(it => it.querySelector('.dumka-composer'))
  const panel = section.querySelector(PANEL)
  const at = panel && came.querySelector(idSelector(panel.closest(COMMENTS).id))
  if (at) at.append(panel)
  if (!own || !other) return section.replaceChildren(...came.children)
  const heading = section.querySelector('.dumka-count')
  const before = came.querySelector('.dumka-count')
  if (heading && before) heading.textContent = before.textContent
  for (const it of [...section.children]) if (it !== own && it !== heading) it.remove()
  const around = [...came.children]
  const form = around.indexOf(other)
  own.before(...around.slice(0, form).filter(it => it !== before))
  section.append(...around.slice(form + 1))
}

export const more = async (thread, kind) => {
  const { config, list } = thread
  const address = new URL(list)
  address.searchParams.set('format', 'tree')
  if (kind === 'show-earlier') address.searchParams.delete('comment')
  else address.searchParams.set('sort', kind)
  const [came, request] = await thread.fetchThread(address)
  if (!came) throw request
  const before = idsOf(thread.section)
  showVotes(config, came)
  renew(thread, came)
  if (kind === 'show-earlier') {
    config.comment = undefined
    list.searchParams.delete('comment')
  } else {
    config.sort = kind
    list.searchParams.set('sort', kind)
    // Few threads have featured comments: in the others, the choice would show none.
    if (kind !== 'featured') storage.setItem('dumka:sort ' + config.site, kind)
  }
  const first = idsOf(thread.section).find(id => !before.includes(id))
  focus(thread, first && idSelector(first))
}
