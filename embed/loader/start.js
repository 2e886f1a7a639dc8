// Starts the program for a thread, and says in the thread when something did not come.

import { NOT_LOADED } from './language.js'
import { load, loadSpare } from './tag.js'
import { again, forgetFiles, programFiles } from './files.js'
import { make, native } from '../page.js'

export const addStartMethods = (thread, host, config) => {
  let forms, loading, alert

  // Gets what does what is pressed until the program is there.
  thread.serve = () =>
    (forms ??= load('forms.js' + again).then(module => module.run(thread)).catch(thread.fail))

  // Gets the program, which draws `answer` or takes the place of what is shown.
  thread.refresh = thread.start = answer => {
    if (thread.ended) return
    const [first, ...others] = programFiles()
    loading ??= first.then(program => program.run(thread, answer, others)).catch(thread.fail)
  }

  // Who only reads need not know that something did not come.
  thread.fail = () => {
    const isShown = host.dataset.state !== 'loading'
    forms = loading = null
    forgetFiles()
    if (thread.ended || alert?.isConnected || (isShown && !thread.queue.size)) return
    alert = make('p', { className: 'dumka-error', role: 'alert' })
    const lang = NOT_LOADED[config.lang] ? config.lang : 'en'
    const button = make('button', {
      type: 'button',
      lang,
      textContent: NOT_LOADED[lang],
      onclick() {
        host.tabIndex = -1
        host.focus() // what has the focus goes
        alert.remove()
        isShown ? thread.start() : host.load()
      },
    })
    alert.append(button)
    if (lang !== config.lang) loadSpare('load_error.js', module => module.translate(button, config.lang))
    if (!isShown) {
      thread.replaceSection(make('section', { className: 'dumka' }))
      host.dataset.state = 'failed'
    }
    native(thread.section.querySelector('form') ?? thread.section).prepend(alert)
    thread.emit('error', { kind: 'loader' })
  }
}
