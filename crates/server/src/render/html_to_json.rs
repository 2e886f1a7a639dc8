//! Converts rendered HTML to nested arrays of JSON, from which a script makes nodes without making HTML from text.
//!
//! A node is a string, or `["name", {"attribute": "value", …}, node, …]`. It is written while the HTML is
//! read, so its depth costs nothing, and whatever is read, an array of nodes comes out.

use html5gum::{StartTag, Token, Tokenizer};

use crate::json;

/// Elements that have no content and no end tag (HTML standard, 13.1.2).
const VOID: [&[u8]; 13] = [
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source",
    b"track", b"wbr",
];

/// Converts the elements of `html` to a JSON array of nodes that is a JavaScript literal, too.
pub(super) fn html_to_json(html: &str) -> String {
    let mut writer = Writer { json: String::with_capacity(html.len()), depth: 0, text: String::new() };
    writer.json.push('[');
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => writer.open(&tag),
            Token::EndTag(_) => writer.close(),
            Token::String(text) => writer.text.push_str(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    writer.finish()
}

/// Quotes `text` as a string of JSON and of JavaScript, where two line ends more must be escaped (ECMAScript before
/// 2019), also in a script that stands in a page, where `</script` and `<!--` would be read (HTML standard, 4.12.1.3).
pub(super) fn quoted(text: &str) -> String {
    json::to_string(&text)
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

struct Writer {
    json: String,
    /// The number of elements that are open.
    depth: usize,
    /// Text that is written before the next tag.
    text: String,
}

impl Writer {
    fn open(&mut self, tag: &StartTag<()>) {
        self.flush();
        if self.json.len() > 1 {
            self.json.push(',');
        }
        self.json.push('[');
        self.json.push_str(&quoted(&String::from_utf8_lossy(&tag.name)));
        self.json.push_str(",{");
        for (index, (name, value)) in tag.attributes.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            let (name, value) = (String::from_utf8_lossy(name), String::from_utf8_lossy(value));
            self.json.extend([comma, &quoted(&name), ":", &quoted(&value)]);
        }
        self.json.push('}');
        self.depth += 1;
        if VOID.contains(&tag.name.as_slice()) {
            self.close();
        }
    }

    fn close(&mut self) {
        self.flush();
        if self.depth > 0 {
            self.json.push(']');
            self.depth -= 1;
        }
    }

    /// Writes the collected text; text outside elements is left out.
    fn flush(&mut self) {
        if self.depth > 0 && !self.text.is_empty() {
            self.json.extend([",", &quoted(&self.text)]);
        }
        self.text.clear();
    }

    fn finish(mut self) -> String {
        while self.depth > 0 {
            self.close();
        }
        self.json.push(']');
        self.json
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_become_arrays_and_text_becomes_strings() {
        let html = "<p>1</p>2<section lang=\"uk\" class='dumka'><h2>Коментарі &lt;3&gt;</h2><input disabled name=x>a<br>b</section>";
        let expected = r#"[["p",{},"1"],["section",{"class":"dumka","lang":"uk"},["h2",{},"Коментарі \u003c3>"],["input",{"disabled":"","name":"x"}],"a",["br",{}],"b"]]"#;
        assert_eq!(html_to_json(html), expected);
    }

    #[test]
    fn text_stays_text_in_json_and_in_javascript() {
        let text = "\"\\</script>\u{2028}&\u{0}\u{1F600}\n";
        let quoted = quoted(text);
        assert!(!quoted.contains(['\u{2028}', '<']), "{quoted}");
        assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text);
    }

    #[test]
    fn whatever_is_read_an_array_of_elements_comes_out() {
        for html in ["", "text", "</p>", "<p><b>x", "<p></b></p>y", "<p>1</p><p>2</p>", "<p a=1 a=2 <b>"] {
            let tree: serde_json::Value = serde_json::from_str(&html_to_json(html)).unwrap();
            assert!(tree.as_array().unwrap().iter().all(serde_json::Value::is_array), "{html}: {tree}");
        }
    }

    #[test]
    fn depth_costs_no_stack() {
        let tree = html_to_json(&"<b>".repeat(100_000));
        assert_eq!(tree.matches('[').count(), 100_001);
        assert_eq!(tree.matches(']').count(), 100_001);
    }
}
