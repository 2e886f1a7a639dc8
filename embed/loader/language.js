// Knows the languages of the widget, and the few words that are needed when their files did not come.

export const LANG = /^(ar|be|bg|cs|de|en|es|he|it|ka|kk|ja|lt|pl|pt|ro|ru|tr|fr|uk|zh)\b/i

export const NOT_LOADED = {
  ru: 'Комментарии не загрузились. Повторить?',
  uk: 'Коментарі не завантажилися. Повторити?',
  en: 'Comments did not load. Try again?',
}

// Returns the language of the widget for a language tag, if there is one.
export const supportedLang = tag => LANG.exec(tag)?.[0].toLowerCase()
