// Sends once more what could not be sent because the line was down, as soon as the browser says that it is there again.
// The key of the attempt makes one comment of both.

const DOWN = /^(offline|unreachable|timeout)$/

export const resendOnline = thread => {
  let isWaiting = false
  const resend = () => {
    isWaiting = false
    if (thread.ended) return
    const failed = thread.section.querySelector('.dumka-form > .dumka-error')
    failed?.parentNode.querySelector('.dumka-submit')?.click()
  }
  thread.host.addEventListener('dumka:error', ({ detail }) => {
    if (isWaiting || thread.ended || !DOWN.test(detail.kind)) return
    isWaiting = true
    addEventListener('online', resend, { once: true })
  })
}
