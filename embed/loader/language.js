// Knows the languages of the widget, and the few words that are needed when their files did not come.

export const LANG = /^(ar|he|be|fr|uk|de|es|ru|lt|zh|en|pt|ro|it|ja|bg|tr|pl|kk|ka|cs)\b/i

export const NOT_LOADED = {
  en: 'Comments did not load. Try again?',
  uk: 'Коментарі не завантажилися. Повторити?',
  ru: 'Комментарии не загрузились. Повторить?',
}

// Returns the language of the widget for a language tag, if there is one.
export const supportedLang = tag => LANG.exec(tag)?.[0].toLowerCase()
