// Keeps what is the reader's own in a thread, as the program does: votes, and the rights to their comments.

import { makeToken, storage } from './storage.js'

// What tells this reader from others, made at their first vote or report.
export const readerToken = () => {
  const kept = storage.getItem('dumka:reader')
  if (kept?.length === 32) return kept
  const token = makeToken()
  storage.setItem('dumka:reader', token)
  return token
}

const keyOf = ({ endpoint, site, page }) => ['dumka:session', endpoint, site, page].join(' ')

const lines = config => (storage.getItem(keyOf(config)) ?? '').split('\n').filter(Boolean)

// Puts a line in the place of those that begin like one of these.
const replace = (config, beginnings, line) => {
  const others = lines(config).filter(it => !beginnings.some(begin => it.startsWith(begin)))
  storage.setItem(keyOf(config), [...others, ...(line ? [line] : [])].join('\n') + '\n')
}

// The token by which the reader may change a comment of theirs.
export const ownToken = (config, id) => lines(config).find(line => line.startsWith(`own ${id} `))?.split(' ')[2] ?? ''

// Keeps the right to a comment as long as it lasts, by the reader's clock; without a token the comment is gone.
export const keepOwn = (config, id, token, untilMs) =>
  replace(config, [`own ${id} `], token && `own ${id} ${token} ${Math.round(untilMs)}`)

export const keepVote = (config, id, value) =>
  replace(config, ['up ' + id, 'down ' + id], value && (value > 0 ? 'up ' : 'down ') + id)

// Shows the votes that the reader has cast before, whoever has kept them.
export const showVotes = (config, place) => {
  const cast = lines(config)
  for (const button of place.querySelectorAll('.dumka-votes [aria-pressed]')) {
    const id = button.closest('.dumka-comment').id.replace('comment-', '')
    button.ariaPressed = cast.includes((button.matches('.dumka-vote-up') ? 'up ' : 'down ') + id)
  }
}
