// Fills the numbers of a list page, `<span data-dumka-count="news/42">`: one request for all of them.

export const fill = async (spans, { dataset, src }) => {
  const list = new URL((dataset.endpoint ?? new URL('/api/v1/comments', src)) + '/counts', location)
  list.searchParams.set('site', dataset.site ?? location.hostname)
  for (const page of new Set(Array.from(spans, span => span.dataset.dumkaCount))) list.searchParams.append('page', page)
  const answer = await fetch(list)
  if (!answer.ok) return
  const counts = await answer.json()
  for (const span of spans) span.textContent = counts[span.dataset.dumkaCount] ?? ''
}
