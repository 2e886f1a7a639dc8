// Keeps in the browser what the reader has typed and not sent, and each attempt to send it.

import { field, isSending } from './handover.js'
import { makeToken, storage } from './storage.js'

// The server's limits.
const TITLE_MAX_CHARS = 300
const URL_MAX_BYTES = 2048

// Where the unsent comment of a thread stands, or the unsent reply to a comment.
export const draftKey = ({ endpoint, site, page }, parent) =>
  ['dumka:draft', endpoint, site, page].join(' ') + (parent ? ' ' + parent : '')

export const keptDraft = key => {
  try {
    return JSON.parse(storage.getItem(key))
  } catch {} // rubbish
}

// The draft of a form; a report and a deletion have none.
const keyOf = (config, form) => {
  const [parent, edited, report] = ['parent', 'edit', 'report'].map(name => field(form, name)?.value)
  if (field(form, 'text') && !report) return draftKey(config, parent ?? (edited && 'edit ' + edited))
}

// Keeps what is typed into a form as the program would.
export const keepDraft = (config, form) => {
  const key = keyOf(config, form)
  if (!key) return
  const name = field(form, 'name')
  storage.setItem(key, JSON.stringify({ ...keptDraft(key), text: field(form, 'text').value }))
  if (!name?.value) return
  storage.setItem('dumka:name', name.value)
  // Who writes is the same in every form.
  for (const other of form.closest('.dumka').querySelectorAll('.dumka-form [name=name]'))
    if (other !== name) other.value = name.value
}

// Brings back what was kept of a form, and keeps what stands in it.
export const rememberForm = (config, form) => {
  const key = keyOf(config, form)
  if (!key) return
  const kept = keptDraft(key)
  const [text, name] = ['text', 'name'].map(it => field(form, it))
  // Of what is on its way the storage knows whether it has arrived; an edit begins from the text that is there.
  if (isSending(form) || (field(form, 'edit') && kept)) text.value = kept?.text ?? ''
  else if (text.value && !field(form, 'edit')) keepDraft(config, form)
  text.value ||= kept?.text ?? ''
  if (name) name.value ||= storage.getItem('dumka:name') ?? ''
}

// What was taken is no draft any more.
export const forgetDraft = (config, form) => storage.removeItem(keyOf(config, form) ?? '')

const request = ({ site, page, title, url }, form) => {
  const value = name => field(form, name)?.value ?? ''
  const email = value('email').trim()
  return {
    site,
    page,
    parent: value('parent') || null,
    author: { name: value('name'), ...(email && { email }) },
    text: value('text'),
    // The server would refuse what is longer.
    title: [...title].slice(0, TITLE_MAX_CHARS).join(''),
    ...(/^http/.test(url) && new Blob([url]).size <= URL_MAX_BYTES && { url }),
  }
}

// The attempt to send what a form holds, with a key under which it makes one comment, however often it is sent: the last
// one, if that was about the same. The program goes on with it.
export const attempt = (config, form) => {
  const key = keyOf(config, form)
  const kept = keptDraft(key)
  const next = request(config, form)
  const words = ({ parent, author, text }) => JSON.stringify([parent ?? null, author.name, author.email, text])
  const last = kept?.attempt
  const made = last && words(last.request) === words(next) ? last : { key: makeToken(), request: next }
  storage.setItem(key, JSON.stringify({ text: next.text, attempt: made }))
  return made
}
