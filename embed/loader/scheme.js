// Detects what the style sheet cannot see: a page that is dark, its text being light, or else its `color-scheme`.

import { TAG } from './tag.js'
import { page } from '../page.js'

export const detectScheme = host => {
  const { color, colorScheme } = getComputedStyle(host.parentElement ?? host)
  const [first, green] = color.match(/[\d.]+/g)
  const isNight = color[0] === 'r' ? green > 160 : first > (first > 1 ? 60 : 0.6)
  host.dataset.scheme = isNight ? 'night' : colorScheme
}

export const detectSchemes = () => page.querySelectorAll(TAG).forEach(detectScheme)
