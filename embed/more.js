// Brings more of the thread without the program, or the same in another order; the reader's forms stay as they are.

import { focus, PANEL } from './form_answer.js'
import { hrefOf } from './form_events.js'
import { showVotes } from './session.js'
import { storage } from './storage.js'

const COMMENTS = '.dumka-comment'

const idsOf = section => Array.from(section.querySelectorAll(COMMENTS), ({ id }) => id)

// Puts what came around the reader's form, and the form under a comment back under it.
const renew = ({ section }, came) => {
  const [own, other] = [section, came].map(it => it.querySelector('.dumka-composer'))
  const panel = section.querySelector(PANEL)
  const at = panel && came.querySelector('#' + CSS.escape(panel.closest(COMMENTS).id))
  if (at) at.append(panel)
  if (!own || !other) return section.replaceChildren(...came.children)
  const heading = section.querySelector('.dumka-count')
  const before = came.querySelector('.dumka-count')
  if (heading && before) heading.textContent = before.textContent
  for (const it of [...section.children]) if (it !== own && it !== heading) it.remove()
  const after = [...came.children]
  section.append(...after.slice(after.indexOf(other) + 1))
}

// What follows on what is shown. What was written here stands where it belongs from now on.
const append = ({ section }, came) => {
  for (const id of idsOf(came)) section.querySelector('#' + CSS.escape(id))?.remove()
  const lists = section.querySelectorAll('.dumka-list')
  lists[lists.length - 1].append(...came.querySelectorAll(COMMENTS))
  section.querySelector('.dumka-all').replaceWith(came.querySelector('.dumka-all') ?? '')
}

const addressOf = ({ list, section }, link, kind, page) => {
  const href = hrefOf(link)
  const isNext = /[?&]cursor=/.test(href)
  if (kind === 'all' && (isNext || page)) return new URL(isNext ? href + '&scripted' : page + '&limit=all&scripted')
  const address = new URL(list)
  address.searchParams.set('format', 'tree')
  if (kind === 'show-earlier') address.searchParams.delete('comment')
  else address.searchParams.set('sort', kind)
  return address
}

export const more = async (thread, link, kind, page) => {
  const { config, list } = thread
  const address = addressOf(thread, link, kind, page)
  const [came, request] = await thread.fetchThread(address)
  if (!came) throw request
  const before = idsOf(thread.section)
  showVotes(config, came)
  address.searchParams.has('cursor') ? append(thread, came) : renew(thread, came)
  if (kind === 'show-earlier') {
    config.comment = undefined
    list.searchParams.delete('comment')
  } else if (kind !== 'all') {
    config.sort = kind
    list.searchParams.set('sort', kind)
    storage.setItem('dumka:sort ' + config.site, kind)
  }
  const first = idsOf(thread.section).find(id => !before.includes(id))
  focus(thread, first && `#${CSS.escape(first)}`)
}
