// The least a widget can do: one script, one request, the comments as they come.
const script = document.currentScript
const place = document.createElement('section')
place.className = 'comments'
script.after(place)
fetch(new URL('/threads/' + script.dataset.thread, script.src))
  .then(answer => answer.text())
  .then(fragment => (place.innerHTML = fragment))
