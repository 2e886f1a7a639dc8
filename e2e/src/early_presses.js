// Runs what the page's address says so many milliseconds after the thread is shown, or after the program has arrived.
{
    const { acts, after, begins } = Object.fromEntries(new URLSearchParams(location.search))
    const press = selector => document.querySelector(selector).click()
    const write = (selector, text) => {
        const field = document.querySelector(selector)
        field.value = text
        field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    const run = () => setTimeout(() => new Function('press', 'write', acts)(press, write), after)
    const seen = new MutationObserver(() => {
        if (!document.querySelector('.dumka-comment')) return
        seen.disconnect()
        window.shown = document.querySelector('section.dumka')
        if (begins === 'thread') run()
    })
    seen.observe(document, { childList: true, subtree: true })
    const arrived = new PerformanceObserver(list => {
        if (begins !== 'program' || !list.getEntries().some(it => it.name.endsWith('.wasm'))) return
        arrived.disconnect()
        run()
    })
    arrived.observe({ type: 'resource' })
}
