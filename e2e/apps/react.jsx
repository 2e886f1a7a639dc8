// A news site in React: what it shows is its state, which a `show` event changes as a router would.
import { StrictMode, useEffect, useState } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'

const Site = () => {
  const [{ order, ...settings }, set] = useState(window.shown)
  useEffect(() => {
    const show = ({ detail }) => set(shown => ({ ...shown, ...detail }))
    addEventListener('show', show)
    return () => removeEventListener('show', show)
  }, [])
  const parts = {
    article: <article key="article">About {settings.page}</article>,
    // React leaves alone what the widget puts into the element, also where the server has drawn the page.
    comments: <dumka-comments key="comments" {...settings} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: '' }} />,
  }
  return <main>{order.map(part => parts[part])}</main>
}

const site = <StrictMode><Site /></StrictMode>
const root = document.querySelector('#root')
window.failures = []
const onRecoverableError = error => window.failures.push(String(error))
window.start = () => (root.firstChild ? hydrateRoot(root, site, { onRecoverableError }) : createRoot(root).render(site))
if (!root.firstChild) window.start()
