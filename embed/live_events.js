// Reads what the server tells of pages, and how far it has come in each.

export const EVENTS = ['comment', 'edited', 'deleted', 'votes', 'alive']

// Where somebody is who was at `last`, after what happened between two positions; before the first where the history has
// begun anew.
export const advanced = (last, from, at = from) =>
  at < from ? Math.min(last, at) : from <= last ? Math.max(last, at) : last

// What is no JSON is nothing.
export const parse = text => {
  try {
    return JSON.parse(text)
  } catch {}
}

// The position after an event in each page, where all are told.
const positionsOf = (id, pages) => {
  const positions = id ? id.split(',').map(Number) : []
  return positions.length === pages.length && positions.every(Number.isSafeInteger) ? positions : []
}

// Tells `hear` an event: its name, its page, its JSON, the position before it and the one after it. `part` is a map from
// pages to the positions that they have come to.
export const take = (part, { event, text, id }, hear) => {
  const data = parse(text)
  if (!data) return
  const pages = [...part.keys()]
  const page = event === 'alive' ? '' : (data.page ?? (pages.length === 1 && pages[0]))
  const from = part.get(page)
  let at
  for (const [n, after] of positionsOf(id, pages).entries()) {
    const moved = pages[n]
    const before = part.get(moved)
    if (before === after) continue
    part.set(moved, after)
    if (moved === page) at = after
    else hear('moved', moved, text, before, after)
  }
  if (page === '' || part.has(page)) hear(event, page, text, from ?? 0, at)
}

// The events of a stream that is whole.
export const eventsOf = stream => {
  let id
  const events = []
  for (const block of stream.split('\n\n')) {
    const field = name => block.match(new RegExp(`^${name}: (.*)`, 'm'))?.[1]
    id = field('id') ?? id
    events.push({ event: field('event'), text: field('data'), id })
  }
  return events.filter(({ event }) => EVENTS.includes(event))
}
