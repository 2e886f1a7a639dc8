// Sends once more what could not be sent because the line was down, as soon as the browser says that it is there again.
// The key of the attempt makes one comment of both.

const DOWN = /^(offline|unreachable|timeout)$/

export const resendOnline = thread => {
  let isDown = false
  const resend = () => {
    if (!isDown || thread.ended) return
    isDown = false
    const failed = thread.section.querySelector('.dumka-form > .dumka-error')
    failed?.parentNode.querySelector('.dumka-submit')?.click()
  }
  // What a server has refused since is not sent again.
  thread.host.addEventListener('dumka:error', ({ detail }) => {
    isDown = DOWN.test(detail.kind)
    if (isDown) addEventListener('online', resend, { once: true })
  })
}
