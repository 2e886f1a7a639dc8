//! The endpoint behind a widget: it answers what a test tells it to, and keeps what it was asked.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(inline_js = r#"
const answers = {}
const requests = {}
const real = window.fetch
const replies = {
    json: ([status, body]) => new Response(body, { status, headers: { 'Content-Type': 'application/json' } }),
    html: ([status, body]) => new Response(body, { status, headers: { 'Content-Type': 'text/html' } }),
    empty: ([status]) => new Response(null, { status }),
    cut: () => new Response(new ReadableStream({ pull(c) { c.error(new TypeError('connection reset')) } })),
    unreachable: () => { throw new TypeError('Failed to fetch') },
    // What a page's own `fetch` may do.
    wordless: () => { throw undefined },
    worded: () => { throw 'no connection' },
    odd: () => 7,
    broken: () => new Response(new ReadableStream({ pull(c) { c.error('no connection') } })),
}
window.fetch = async (input, init) => {
    const request = new Request(input, init)
    const endpoint = Object.keys(answers).find(known => request.url.startsWith(known))
    if (!endpoint) return real(input, init)
    requests[endpoint].push({ method: request.method, url: request.url, key: request.headers.get('Idempotency-Key'), authorization: request.headers.get('Authorization'), body: await request.text() })
    const next = answers[endpoint].shift()
    if (!next || next[0] === 'never')
        return new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)))
    return replies[next[0]](next.slice(1))
}
export const serve = endpoint => { answers[endpoint] = []; requests[endpoint] = [] }
export const answer = (endpoint, kind, status, body) => answers[endpoint].push([kind, status, body])
export const asked = endpoint => JSON.stringify(requests[endpoint])
"#)]
extern "C" {
    /// Begins an endpoint that knows no answer yet.
    pub fn serve(endpoint: &str);
    /// Its next answer, of one of the kinds above or one that never comes.
    pub fn answer(endpoint: &str, kind: &str, status: u16, body: &str);
    /// The requests it has received, as JSON.
    pub fn asked(endpoint: &str) -> String;
}
