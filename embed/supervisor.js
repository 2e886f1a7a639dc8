// Runs the program, one for all widgets of the page, and starts it anew after a fault of its own, from whatever cause: a
// page may take away what the program has drawn. The broken one does nothing any more.

import { forgo, look } from './drawn.js'
import { pause, resume } from './guard.js'

const RESTARTS_MAX = 3
const SPAN_MS = 60000

// The ways into the program: what the browser calls back, and what the loader calls. The others are its memory's.
const ENTRY = /^([a-z]\d*|mount|widget_\w+)$/

let starting
let restarts = 0
let faults = []
// What each thread does when the program has broken.
const watched = new Map()

export const watch = (thread, broken) => {
  // Nothing of a thread that is gone is held.
  for (const it of watched.keys()) if (it.ended) watched.delete(it)
  watched.set(thread, broken)
}
export const leave = thread => watched.delete(thread)

// Ends the program that is running; a new one begins.
let fail
export const giveUp = () => fail()

const near = name => new URL(name, import.meta.url).href

const broke = () => {
  const now = performance.now()
  faults = [...faults.filter(at => now - at < SPAN_MS), now]
  starting = null
  const isOnce = faults.length <= RESTARTS_MAX
  const parts = isOnce && anew()
  for (const broken of [...watched.values()]) broken(parts)
}

// A module of its own each time: the glue of a broken program holds on to that.
const anew = () => [import(near('dumka-widget.js?restart=' + ++restarts)), fetch(near('dumka-widget_bg.wasm'))]

// Lets the page change nothing unseen while the program draws, and lets no fault of the program's out onto the page.
const guarded = exports => {
  let depth = 0
  let isBroken = false
  fail = () => {
    if (!isBroken) setTimeout(broke)
    isBroken = true
  }
  const enter = run => (...given) => {
    if (!depth && !isBroken) look()
    if (isBroken) return []
    if (!depth++) pause()
    try {
      return run(...given)
    } catch {
      fail()
      return [] // what the glue looks into, without anything in it
    } finally {
      if (!--depth) {
        resume()
        forgo()
      }
    }
  }
  return Object.fromEntries(Object.entries(exports).map(([name, it]) => [name, ENTRY.test(name) ? enter(it) : it]))
}

const launch = async ([glue, binary]) => {
  const module = await WebAssembly.compileStreaming(binary)
  const program = await glue
  program.setGuard?.(guarded)
  await program.default({ module_or_path: module })
  // Browsers compile a function when it is called first, and most of them are within a moment: not all in one task.
  await new Promise(done => setTimeout(done))
  return program
}

export const start = parts => (starting ??= launch(parts))
