// Translates the message that a thread did not load, for languages of which the loader itself has no words.

export const translate = async (button, lang) => {
  const file = await fetch(new URL(lang + '.json', import.meta.url)).catch(() => {})
  if (!file?.ok) return
  const { dir, not_loaded } = await file.json()
  Object.assign(button, { lang, dir, textContent: not_loaded })
}
