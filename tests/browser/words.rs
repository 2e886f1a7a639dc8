//! Input of text: previews, limits, and drafts that keep every letter.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;
use crate::wire::{comment, listing, thread, word};

/// A page with the form of the thread open.
async fn writing() -> Page {
    let page = Page::with_thread(&thread(&[])).await;
    page.find(".dumka-add").click();
    page.composer_is(&["open"]).await;
    page
}

#[wasm_bindgen_test]
async fn preview_looks_as_the_comment_will() {
    let body = r#"[{"paragraph":[{"strong":["Привет"]},"\nмир ",
        {"link":{"href":"https://example.org/","content":["тут"]}}]},{"quote":[{"paragraph":["цитата"]}]},
        {"list":{"start":3,"items":[[{"paragraph":[{"code":"x"}]}]]}},{"code":"let a = 1\n"}]"#;
    let page = writing().await;
    page.type_into("text", "**Привет** …");
    page.answer(200, &format!(r#"{{"body":{body}}}"#));
    page.find(".dumka-preview").click();
    page.shows(".dumka-preview-body").await;
    let asked = page.request(1).await;
    assert_eq!((asked.method.as_str(), asked.url), ("POST", format!("{}/preview", page.endpoint)));
    assert_eq!((asked.body.as_str(), asked.key.as_str()), (r#"{"text":"**Привет** …"}"#, ""));
    let previewed = page.find(".dumka-preview-body").inner_html();
    assert_eq!(
        page.count(
            ".dumka-preview-body strong, .dumka-preview-body blockquote, .dumka-preview-body ol[start='3']"
        ),
        3
    );
    let published = comment("mine", "published", "?").replace(r#""?""#, body);
    page.answer(201, &format!(r#"{{"comment":{published}}}"#));
    page.post("**Привет** …").await;
    page.shows("#comment-mine").await;
    assert_eq!(page.find("#comment-mine .dumka-body").inner_html(), previewed);
    assert_eq!(page.count(".dumka-preview-body"), 0);
}

#[wasm_bindgen_test]
async fn preview_goes_when_the_text_changes_and_when_it_is_pressed_again() {
    let page = writing().await;
    page.type_into("text", "раз");
    page.answer(200, r#"{"body":"раз"}"#);
    page.find(".dumka-preview").click();
    page.shows(".dumka-preview-body").await;
    assert_eq!(page.find(".dumka-preview").get_attribute("aria-pressed").unwrap(), "true");
    page.type_into("text", "раз, два");
    page.until("it is gone", || page.count(".dumka-preview-body") == 0).await;
    page.answer(200, r#"{"body":"раз, два"}"#);
    page.find(".dumka-preview").click();
    page.shows(".dumka-preview-body").await;
    page.find(".dumka-preview").click();
    page.until("it is put away", || page.count(".dumka-preview-body") == 0).await;
}

#[wasm_bindgen_test]
async fn preview_that_does_not_come_says_why_and_the_text_stays() {
    let page = writing().await;
    page.type_into("text", "раз");
    page.answer_badly("unreachable", 0, "");
    page.find(".dumka-preview").click();
    page.shows(".dumka-form > .dumka-error").await;
    assert!(page.text(".dumka-form > .dumka-error").contains(&word("unreachable")));
    assert_eq!(page.value("text"), "раз");
}

#[wasm_bindgen_test]
async fn room_is_told_near_the_limit_and_past_it() {
    let page = writing().await;
    let said =
        || if page.count(".dumka-char-count") == 0 { String::new() } else { page.text(".dumka-char-count") };
    for (chars, words) in [
        (9_500, "осталось 500 символов"),
        (9_499, ""),
        (9_999, "остался 1 символ"),
        (10_000, "осталось 0 символов"),
        (10_002, "лишние 2 символа"),
        (0, ""),
    ] {
        page.type_into("text", &"ї".repeat(chars));
        page.until(words, || said() == words).await;
    }
}

#[wasm_bindgen_test]
async fn megabyte_that_is_pasted_is_refused_with_the_limit_and_stays() {
    let page = writing().await;
    let pasted = "вставлено ".repeat(100_000);
    page.type_into("name", "Оля");
    page.type_into("text", &pasted);
    page.shows(".dumka-char-count").await;
    page.find(".dumka-submit").click();
    page.composer_is(&["rejected"]).await;
    let limit = word("chars_limit.many").replace("{n}", "10000");
    let said = page.text(".dumka-field .dumka-error").replace(['\u{a0}', '\u{202f}', ' '], "");
    assert!(said.contains(&limit.replace(' ', "")), "{said}");
    assert_eq!((page.posts().len(), page.value("text").len()), (0, pasted.len()));
    page.type_into("text", "коротко");
    page.until("it is good again", || page.count(".dumka-error, .dumka-char-count") == 0).await;
}

#[wasm_bindgen_test]
async fn letters_of_every_kind_stay_as_they_were_written() {
    let texts = [
        "👨‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇺🇦",
        "שלום, עולם — مرحبا بالعالم",
        "日本語のコメント、全角　スペース",
        "e\u{301} ≠ é, ﬁ, ı İ ß",
        "a\u{202e}b\u{2066}c\u{2069}\u{200b}\u{feff}d",
        "  \tотступ\n\n\n\"кавычки\" \\ </script> <!-- &amp; \u{2028}",
    ];
    for text in texts {
        let page = Page::with_thread(&listing(&[], 0, None)).await;
        page.answer(201, &format!(r#"{{"comment":{}}}"#, comment("mine", "published", text)));
        page.post(text).await;
        page.shows("#comment-mine").await;
        assert_eq!(page.posts()[0].said("text"), text);
        let shown = page.find("#comment-mine .dumka-body").text_content().unwrap();
        assert_eq!(shown, text.replace('\n', ""), "a line's end is an element");
    }
}
