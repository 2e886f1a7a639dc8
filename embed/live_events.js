// Reads the events that the server tells of pages, and how far each leads.

export const EVENTS = ['comment', 'edited', 'deleted', 'votes', 'thread', 'alive']

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
