// Knows the languages of the widget, and the few words that are needed when their files did not come.

export const LANG = /^(ar|tr|fr|ru|be|uk|lt|es|zh|en|pt|ro|cs|pl|it|ja|bg|ka|de|he|kk)\b/i

export const NOT_LOADED = {
  en: 'Comments did not load. Try again?',
  uk: 'Коментарі не завантажилися. Повторити?',
  ru: 'Комментарии не загрузились. Повторить?',
}

// Returns the language of the widget for a language tag, if there is one.
export const supportedLang = tag => LANG.exec(tag)?.[0].toLowerCase()
