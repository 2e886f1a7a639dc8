// Puts a site's own words in the place of the widget's: those of its server's settings, or of the attribute `words`.

const warned = new Set()

const warn = (key, accepted) => {
  const text = `dumka-comments: words: "${key}" is not accepted; accepted: ${accepted}. The widget's own words are used.`
  if (!warned.has(text)) console.warn(text)
  warned.add(text)
}

// What no words stand under, and what is warned before any word of a site is known.
const fixed = ['dir', 'dates', 'not_loaded']

const places = text => text.match(/\{\w*\}?/g)?.join() ?? ''

const accepted = model => (places(model) ? `text with ${places(model)} in it once` : 'text without { and }')

// Blank is to the server what is so in Unicode.
const isSaid = (text, model) => typeof text === 'string' && /[^\s\x85]/.test(text) && places(text) === places(model)

const reword = (words, own, path) => {
  const known = Object.keys(words).filter(key => path || !fixed.includes(key))
  const all = { ...words }
  for (const [key, value] of Object.entries(own)) {
    const model = words[key]
    if (!known.includes(key)) warn(path + key, known.join(', '))
    else if (typeof model === 'object')
      if (value && typeof value === 'object') all[key] = reword(model, value, key + '.')
      else warn(path + key, 'the forms ' + Object.keys(model).join(', '))
    else if (isSaid(value, model)) all[key] = value
    else warn(path + key, accepted(model))
  }
  return all
}

export const applyPhrases = (words, text) => {
  try {
    return reword(words, JSON.parse(text), '')
  } catch {
    warn(text, `JSON of an object, such as {"add": "${words.add}"}`)
    return words
  }
}
