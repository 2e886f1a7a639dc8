//! A site's own phrases are accepted and refused as the server does it.

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::scripts::Scripts;

/// Own phrases with what is said then and what is refused; the server's tests read the same.
const VECTORS: &str = include_str!("../../crates/server/tests/phrases.json");

fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap()
}

fn text(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

/// The words of a language with these phrases in their places.
fn expected(words: &str, said: &JsValue) -> JsValue {
    let words = JSON::parse(words).unwrap();
    for entry in Object::entries(said.unchecked_ref()) {
        let [path, phrase] = [0, 1].map(|place| entry.unchecked_ref::<Array>().get(place));
        let path = path.as_string().unwrap();
        let (place, name) = match path.split_once('.') {
            Some((key, form)) => (get(&words, key), form),
            None => (words.clone(), path.as_str()),
        };
        Reflect::set(&place, &name.into(), &phrase).unwrap();
    }
    words
}

#[wasm_bindgen_test]
async fn phrases_of_a_page_are_accepted_and_refused_as_those_of_the_servers_settings() {
    let scripts = Scripts::load().await;
    let warned = js_sys::eval("window.warned = []; window.said = console.warn; console.warn = it => warned.push(it.match(/words: \"(.*?)\" is/)[1]); warned").unwrap();
    let mut refused = Vec::new();
    for vector in Array::from(&JSON::parse(VECTORS).unwrap()) {
        let words = match get(&vector, "lang").as_string().as_deref() {
            Some("uk") => include_str!("../../locales/uk.json"),
            _ => include_str!("../../locales/en.json"),
        };
        let result = scripts.words.apply_phrases(&JSON::parse(words).unwrap(), &text(&get(&vector, "own")));
        assert_eq!(text(&result), text(&expected(words, &get(&vector, "said"))), "{}", text(&vector));
        refused.extend(Array::from(&get(&vector, "refused")).iter().filter_map(|key| key.as_string()));
    }
    js_sys::eval("console.warn = said").unwrap();
    // The same is warned of once.
    let mut warned: Vec<_> = Array::from(&warned).iter().filter_map(|key| key.as_string()).collect();
    for keys in [&mut warned, &mut refused] {
        keys.sort_unstable();
        keys.dedup();
    }
    assert_eq!(warned, refused);
}
