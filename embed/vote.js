// Casts a vote without the program.

import { storage } from './storage.js'

const PATIENCE_MS = 10000

// What tells this reader from others, made at their first vote.
const reader = () => {
  const kept = storage.getItem('dumka:reader')
  if (kept?.length === 32) return kept
  const token = Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => (byte + 256).toString(16).slice(1)).join('')
  storage.setItem('dumka:reader', token)
  return token
}

const sessionKey = ({ endpoint, site, page }) => ['dumka:session', endpoint, site, page].join(' ')

const session = key => (storage.getItem(key) ?? '').split('\n').filter(Boolean)

// Shows the votes that the reader has cast before, whoever has kept them.
export const showVotes = (config, section) => {
  const cast = session(sessionKey(config))
  for (const button of section.querySelectorAll('.dumka-votes [aria-pressed]')) {
    const id = button.closest('.dumka-comment').id.replace('comment-', '')
    button.ariaPressed = cast.includes((button.matches('.dumka-vote-up') ? 'up ' : 'down ') + id)
  }
}

// The reader has one vote, known by what the program would know it by.
export const vote = async (config, pressed) => {
  const id = pressed.closest('.dumka-comment').id.replace('comment-', '')
  const isUp = pressed.matches('.dumka-vote-up')
  const value = pressed.ariaPressed === 'true' ? 0 : isUp ? 1 : -1
  const url = new URL(config.endpoint)
  url.pathname += `/${encodeURIComponent(id)}/vote`
  const headers = { Authorization: 'Bearer ' + reader(), 'Content-Type': 'application/json' }
  const signal = AbortSignal.timeout?.(PATIENCE_MS)
  const answer = await fetch(url, { method: 'PUT', headers, signal, body: JSON.stringify({ value }) })
  if (!answer.ok) throw answer
  const { up, down } = (await answer.json()).votes
  const votes = pressed.closest('.dumka-votes')
  const score = `${up - down}`.replace('-', '\u2212')
  votes.querySelector('.dumka-score').textContent = score
  for (const button of votes.querySelectorAll('[aria-pressed]')) {
    button.ariaPressed = button === pressed && value !== 0
    button.ariaLabel = button.ariaLabel?.replace(/\([\d\u2212]+\)/, `(${score})`) ?? null
  }
  const key = sessionKey(config)
  const others = session(key).filter(line => !['up ' + id, 'down ' + id].includes(line))
  if (value) others.push((isUp ? 'up ' : 'down ') + id)
  storage.setItem(key, others.join('\n') + '\n')
}
