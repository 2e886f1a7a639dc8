// Keeps in `sessionStorage.seen` what nobody should see: what scripts threw or said, and what the page tells; and
// in `sessionStorage.restarts` how often the program began anew.
{
  const tell = (what, words) => (sessionStorage.seen = `${sessionStorage.seen ?? ''}${what}: ${words}\n`)
  self.tell = tell
  // What is caught in time is not said on any console.
  const note = event => setTimeout(() => event.defaultPrevented || tell('thrown', event.reason ?? event.message))
  addEventListener('error', note)
  addEventListener('unhandledrejection', note)
  const { error } = console
  console.error = (...words) => {
    tell('said', words.join(' '))
    error(...words)
  }
  addEventListener('dumka:error', ({ detail }) => {
    if (detail.kind === 'restarted') sessionStorage.restarts = +(sessionStorage.restarts ?? 0) + 1
  })
}
