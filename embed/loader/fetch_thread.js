// Requests a thread as a tree of nodes. Any other answer, such as the JSON of a site's own endpoint, is left to the program.

import { buildThread } from './build.js'

const PATIENCE_MS = 10000

export const fetchThread = async (address, request) => {
  const response = await fetch(address, { signal: AbortSignal.timeout?.(PATIENCE_MS), ...request })
  const tree = await response.clone().json().catch(() => {})
  return [Array.isArray(tree) && buildThread(tree, response.url), response]
}
