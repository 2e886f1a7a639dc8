// Gets the words of a thread's language; the site's own among them came with the thread, or stand at the element.

const near = name => new URL(name, import.meta.url).href

const fetchPhrases = async ({ config, host, section }) => {
  const file = fetch(near(config.lang + '.json'))
  const own = section?.dataset.words ?? host.getAttribute('words')
  const module = own && import(near('words.js'))
  const words = await (await file).json()
  return module ? (await module).applyPhrases(words, own) : words
}

// Asks for them once; what did not come is asked for again.
export const phrases = thread =>
  (thread.phrases ??= fetchPhrases(thread).catch(error => {
    thread.phrases = null
    throw error
  }))

export const count = (texts, lang, what, number) => {
  const forms = texts[what]
  return (forms[new Intl.PluralRules(lang).select(number)] ?? forms.other).replace('{n}', number)
}
