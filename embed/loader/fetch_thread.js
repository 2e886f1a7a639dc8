// Requests a thread as a tree of nodes. Any other answer, such as the JSON of a site's own endpoint, is left to the program.

import { buildThread } from './build.js'

const PATIENCE_MS = 10000

export const fetchThread = async (address, body) => {
  const signal = AbortSignal.timeout?.(PATIENCE_MS)
  const response = await fetch(address, { method: body ? 'POST' : 'GET', body, signal })
  const tree = await response.clone().json().catch(() => {})
  return [Array.isArray(tree) && buildThread(tree, response.url), response]
}
