// Knows the languages of the widget, and the few words that are needed when their files did not come.

export const LANG = /^(ar|be|bg|cs|de|en|es|fr|he|it|ja|ka|kk|lt|pl|pt|ro|ru|tr|uk|zh)\b/i

export const NOT_LOADED = {
  en: 'Comments did not load. Try again?',
  ru: 'Комментарии не загрузились. Повторить?',
  uk: 'Коментарі не завантажилися. Повторити?',
}

// Returns the language of the widget for a language tag, if there is one.
export const supportedLang = tag => LANG.exec(tag)?.[0].toLowerCase()
