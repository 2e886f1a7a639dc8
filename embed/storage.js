// What the browser keeps for the reader. Where storage is denied or full, the page itself keeps it as long as it stands.

const memory = new Map()

export const storage = {
  getItem(key) {
    try {
      return memory.get(key) ?? localStorage.getItem(key)
    } catch {
      return memory.get(key) ?? null
    }
  },
  setItem(key, value) {
    memory.set(key, value)
    try {
      localStorage.setItem(key, value)
      memory.delete(key)
    } catch {} // denied, or full
  },
  removeItem(key) {
    memory.delete(key)
    try {
      localStorage.removeItem(key)
    } catch {} // denied
  },
}

// Where the unsent comment of a thread stands, or the unsent reply to a comment.
export const draftKey = ({ endpoint, site, page }, parent) =>
  ['dumka:draft', endpoint, site, page].join(' ') + (parent ? ' ' + parent : '')

export const keptDraft = key => {
  try {
    return JSON.parse(storage.getItem(key))
  } catch {} // rubbish
}
