// Writes how long ago a moment was, in words, by the server's clock: a reader's may show another day.

const MINUTE_SECS = 60
const HOUR_SECS = 3600
const DAY_SECS = 86400
// What is noticed of a clock that goes wrong.
const NOTICED_MS = 30000

// By how much the reader's clock is ahead of the server's, as far as that is known.
let ahead

// Learns what the server's clock shows now; answers whether times read otherwise from now on. What is not exact is no
// better than what is known.
export const learn = (moment, isExact = true) => {
  if (Number.isNaN(moment) || !(isExact || ahead === undefined)) return false
  const before = ahead ?? 0
  ahead = Date.now() - moment
  return Math.abs(ahead - before) > NOTICED_MS
}

// Likewise from when a server has answered, and how long a cache has kept that. Not every server lets pages read it.
export const learnFrom = ({ headers }) => learn(Date.parse(headers.get('date')) + 1000 * headers.get('age'), false)

// How long ago, by the largest unit. From a day on by the calendar: yesterday ends at midnight.
const ago = (then, now) => {
  const secs = (now - then) / 1000 // less than none where the server's clock is not known
  if (secs < MINUTE_SECS) return [0, 'second']
  if (secs < HOUR_SECS) return [-Math.floor(secs / MINUTE_SECS), 'minute']
  if (secs < DAY_SECS) return [-Math.floor(secs / HOUR_SECS), 'hour']
  const midnight = date => new Date(date).setHours(0, 0, 0, 0)
  const days = Math.round((midnight(now) - midnight(then)) / 1000 / DAY_SECS)
  if (days < 7) return [-days, 'day']
  if (days < 30) return [-Math.floor(days / 7), 'week']
  const years = now.getFullYear() - then.getFullYear()
  const months = 12 * years + now.getMonth() - then.getMonth()
  return days < 365 ? [-Math.max(months, 1), 'month'] : [-Math.max(years, 1), 'year']
}

// Writes moments in a language; nothing for what is none.
export const relative = lang => {
  // The digits are those of the numbers in the widget's phrases.
  const format = Intl.RelativeTimeFormat && new Intl.RelativeTimeFormat(lang, { numeric: 'auto', numberingSystem: 'latn' })
  return dateTime => {
    const then = new Date(dateTime)
    if (format && !Number.isNaN(+then)) return format.format(...ago(then, new Date(Date.now() - (ahead ?? 0))))
  }
}

// What a widget asks for: how long ago a moment was; to learn when something was sent; and to learn what the server's clock
// shows now, and whether what the widget has written reads otherwise by that.
export const of = lang => {
  let written = ahead ?? 0
  return {
    ago: relative(lang),
    learn: moment => learn(Date.parse(moment), false),
    synchronize(moment) {
      learn(Date.parse(moment))
      const isOther = Math.abs((ahead ?? 0) - written) > NOTICED_MS
      if (isOther) written = ahead
      return isOther
    },
  }
}
