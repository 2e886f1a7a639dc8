// The addresses at which an endpoint tells what happens in pages.

// What one address names, at most, for the servers in front of most sites.
const PAGES = 100
const ADDRESS_CHARS = 6000

// Pages and positions in as few parts as will do.
export const partsOf = wanted => {
  const all = []
  let room = 0
  for (const [page, after] of wanted) {
    room -= String(new URLSearchParams({ page, after })).length
    if (room < 0 || all.at(-1).size === PAGES) {
      all.push(new Map())
      room = ADDRESS_CHARS
    }
    all.at(-1).set(page, after)
  }
  return all
}

// The stream of a part.
export const streamOf = ({ endpoint, site }, part) => {
  const url = new URL(endpoint)
  url.pathname += '/live'
  url.searchParams.set('site', site)
  for (const page of part.keys()) url.searchParams.append('page', page)
  url.searchParams.set('after', [...part.values()].join())
  return url
}

// What it tells by now, without waiting for more.
export const pollOf = (about, part) => {
  const url = streamOf(about, part)
  url.searchParams.set('wait', 0)
  return url
}
