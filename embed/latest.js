// Defines <dumka-latest>, the latest comments of a whole site.

import { draw, language } from './latest_list.js'
import { defineSiteList } from './site_list.js'

const LATEST = {
  name: 'latest',
  numbers: { limit: [5, 20] },
  items: 'comments',
  draw: (comments, element) => draw(comments, language(element)),
}

export const define = script => defineSiteList(LATEST, script)
