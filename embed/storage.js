// Keeps in the browser what is the reader's. Where storage is denied or full, the page itself keeps it as long as it stands.

import { isSending } from './handover.js'

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

// Keeps what is typed into a form, and brings back what was kept.
export const rememberForm = (form, key, text, name) => {
  const kept = keptDraft(key)
  const keep = () => {
    storage.setItem(key, JSON.stringify({ ...keptDraft(key), text: text.value }))
    if (name.value) storage.setItem('dumka:name', name.value)
  }
  // Of what is on its way the storage knows whether it has arrived.
  if (isSending(form)) text.value = kept?.text ?? ''
  else if (text.value) keep()
  text.value ||= kept?.text ?? ''
  name.value ||= storage.getItem('dumka:name') ?? ''
  form.addEventListener('input', keep)
}
