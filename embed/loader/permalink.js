// Brings the comment of the page's address into view, which a file of its own does.

import { permalinkId } from './settings.js'
import { loadSpare, TAG } from './tag.js'

export const scrollToPermalink = changed =>
  permalinkId() && loadSpare('permalink.js', module => module.scrollToPermalink(TAG, permalinkId(), changed))
