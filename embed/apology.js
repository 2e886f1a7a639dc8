// Says in the language of a thread that it did not come, where the loader itself knows no words of it.

export const translate = async (button, lang) => {
  const file = await fetch(new URL(lang + '.json', import.meta.url)).catch(() => {})
  if (!file?.ok) return
  const { dir, not_loaded } = await file.json()
  Object.assign(button, { lang, dir, textContent: not_loaded })
}
