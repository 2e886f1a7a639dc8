//! The scripts of `embed/` as modules, loaded from their texts.
//!
//! The server of these tests has a pool of threads that counts the idle ones too late: of several connections that a
//! browser opens at once, one may wait for ever. So no more modules are fetched from it than were before.

use js_sys::{Object, Promise};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

#[wasm_bindgen(inline_js = r#"
const urls = {}
export const load = (name, text) => {
    const linked = text.replace(/ from '\.\/(.*?)'/g, (_, imported) => ` from '${urls[imported]}'`)
    urls[name] ??= URL.createObjectURL(new Blob([linked], { type: 'text/javascript' }))
    return import(urls[name])
}
"#)]
extern "C" {
    /// Loads a module; those that it imports were loaded before.
    fn load(name: &str, text: &str) -> Promise;
}

#[wasm_bindgen]
extern "C" {
    /// The module `drafts.js`.
    pub type DraftsScript;
    #[wasm_bindgen(method, js_name = draftKey)]
    pub fn draft_key(this: &DraftsScript, config: &JsValue, parent: Option<&str>) -> String;
    #[wasm_bindgen(method, js_name = keepDraft)]
    pub fn keep_draft(this: &DraftsScript, config: &JsValue, form: &Element);
    #[wasm_bindgen(method, js_name = rememberForm)]
    pub fn remember_form(this: &DraftsScript, config: &JsValue, form: &Element);

    /// The module `session.js`.
    pub type SessionScript;
    #[wasm_bindgen(method, js_name = readerToken)]
    pub fn reader_token(this: &SessionScript) -> String;
    #[wasm_bindgen(method, js_name = keepVote)]
    pub fn keep_vote(this: &SessionScript, config: &JsValue, id: &str, value: i32);
    #[wasm_bindgen(method, js_name = showVotes)]
    pub fn show_votes(this: &SessionScript, config: &JsValue, section: &Element);

    /// The module `words.js`.
    pub type WordsScript;
    #[wasm_bindgen(method, js_name = applyPhrases)]
    pub fn apply_phrases(this: &WordsScript, words: &JsValue, own: &str) -> Object;
}

/// Reads the files of scripts, each after those that it imports.
macro_rules! files {
    ($($name:literal)*) => { [$(($name, include_str!(concat!("../../embed/", $name)))),*] };
}

/// The scripts that do what the program does, where that does not come.
pub struct Scripts {
    pub drafts: DraftsScript,
    pub session: SessionScript,
    pub words: WordsScript,
}

impl Scripts {
    /// Loads them, once for all tests.
    pub async fn load() -> Self {
        let mut scripts = Vec::new();
        for (name, text) in files!["handover.js" "storage.js" "drafts.js" "session.js" "words.js"] {
            scripts.push(JsFuture::from(load(name, text)).await.unwrap());
        }
        let [drafts, session, words] = [2, 3, 4].map(|place: usize| scripts[place].clone());
        Self {
            drafts: drafts.unchecked_into(),
            session: session.unchecked_into(),
            words: words.unchecked_into(),
        }
    }
}
