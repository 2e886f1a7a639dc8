// Says what was not done and why, in the form that was sent or else at its end of the thread.

import { make } from './page.js'
import { count, phrases } from './phrases.js'

// Why nothing came that could be shown, as a key of the words: from what the request failed with, or from its answer.
const reason = ({ name, status }) => {
  if (!navigator.onLine) return 'offline'
  if (status === 429) return 'rate_limited'
  if (!status && name === 'TimeoutError') return 'timeout'
  // A page in a sandbox, or one that lies in a folder, may read but never send: no server knows whose it is.
  if (!status) return self.origin === 'null' ? 'refused' : 'unreachable'
  if (status >= 500) return 'server_failed'
  return status >= 400 ? 'refused' : 'malformed'
}

const sentence = (texts, lang, what, failure) => {
  const wait = failure?.headers?.get('retry-after')
  return [texts[what], texts[failure && reason(failure)], wait && count(texts, lang, 'retry_secs', wait)].join(' ')
}

export const complain = async (thread, pressed, what, failure) => {
  const { config, host, section, words } = thread
  if (failure) thread.emit('error', { kind: failure.status >= 400 ? 'status' : reason(failure) })
  const texts = await phrases(thread).catch(() => null)
  // The language may not have come either.
  const lang = texts || words[config.lang] ? config.lang : 'en'
  const textContent = texts ? sentence(texts, lang, what, failure) : words[lang]
  const alert = make('p', { className: 'dumka-error', role: 'alert', tabIndex: -1, lang, textContent })
  const heading = pressed.querySelector('.dumka-form-heading')
  heading ? heading.after(alert) : (pressed.closest('.dumka-comment') ?? section).append(alert)
  if (heading) host.dataset.composer = 'rejected'
  const button = heading && texts && pressed.querySelector('.dumka-submit')
  if (button) button.textContent = texts.retry
  alert.focus()
}
