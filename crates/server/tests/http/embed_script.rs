//! The script of `/embed.js?site=…&page=…`: its encodings, and that it may stand in a page.

use dumka_server::assets::Widget;
use serde_json::json;

use crate::embed_ready::{WIDGET, file, loader, ready, with};
use crate::running::{comment_with, header};

#[tokio::test]
async fn script_may_stand_in_a_page() {
    let server = with(&WIDGET, |_| ()).await;
    let mut evil =
        comment_with("text", "</script><script>alert(1)</script> <!-- <script <![CDATA[ a\u{2029}b");
    evil["author"] = json!({"name": "</SCRIPT>"});
    server.accepted("1", &evil).await;
    for page in ["p", "%3C%2Fscript%3E", "%3C!--"] {
        let query = format!("site=s&page={page}");
        let script = loader(&server, &query).await.text().await.unwrap();
        assert!(!script.contains(['<', '\u{2028}', '\u{2029}']), "{script}");
        ready(&server, &query).await;
    }
}

#[tokio::test]
async fn every_encoding_of_the_script_holds_the_same() {
    use std::io::Read;
    static LONG: Widget = Widget {
        hash: "0123456789ab",
        assets: &[
            file("embed.js", b"plain loader"),
            file("assets/embed.ready.js", include_bytes!("../../../../embed/embed.js")),
            file("assets/reading.css", include_bytes!("../../../../styles/reading.css")),
        ],
    };
    let server = with(&LONG, |_| ()).await;
    for n in 0..5 {
        let plain = loader(&server, "site=s&page=p").await.bytes().await.unwrap();
        let encoded = async |encoding| {
            let request = server.get("/embed.js?site=s&page=p").header("accept-encoding", encoding);
            let response = request.send().await.unwrap();
            assert_eq!(header(&response, "content-encoding"), encoding);
            response.bytes().await.unwrap()
        };
        let (brotli, gzip) = (encoded("br").await, encoded("gzip").await);
        let mut unpacked = [Vec::new(), Vec::new()];
        brotli::Decompressor::new(&brotli[..], 4096).read_to_end(&mut unpacked[0]).unwrap();
        flate2::read::GzDecoder::new(&gzip[..]).read_to_end(&mut unpacked[1]).unwrap();
        assert!(unpacked.iter().all(|bytes| bytes == &plain) && gzip.len() < plain.len() / 2);
        let text = "Слово за словом. ".repeat(n * 100 + 1);
        server.accepted(&n.to_string(), &comment_with("text", text)).await;
    }
}
