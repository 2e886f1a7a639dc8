//! The ids of sites: a host name is one id in whatever spelling, in the settings and on the wire.

use dumka_api::{ProblemKind, paths};
use dumka_server::config::Settings;
use reqwest::StatusCode;
use serde_json::Value;

use crate::config::{assert_refused, check};
use crate::page_ids::{encoded, listing, text};
use crate::running::{comment_with, refused, running_with, site};

const PUNYCODE: &str = "xn--b1amarcd.xn--j1amh";

#[test]
fn settings_take_either_spelling_and_not_both() {
    for id in ["новини.укр", PUNYCODE, "Новини.укр"] {
        for origin in ["https://новини.укр", "https://xn--b1amarcd.xn--j1amh", "https://НОВИНИ.УКР:8443"]
        {
            let output = check(&format!("sites = [{{id=\"{id}\", origins=[\"{origin}\"]}}]"));
            assert_eq!(output.status.code(), Some(0), "{id} {origin}: {output:?}");
        }
        let twice = format!(
            "sites = [{{id=\"{id}\", origins=[\"https://a.example\"]}}, \
             {{id=\"{PUNYCODE}\", origins=[\"https://b.example\"]}}]"
        );
        assert_refused(&check(&twice), 2, &["`sites.1.id`", "no other site has, in whatever spelling"]);
    }
}

fn in_ukrainian(settings: &mut Settings) {
    settings.sites =
        vec![site("новини.укр", &format!("https://{PUNYCODE}")), site("News.Example", "https://a.example")];
}

#[tokio::test]
async fn both_spellings_of_a_site_are_one() {
    let server = running_with(in_ukrainian).await;
    let origin = format!("https://{PUNYCODE}");
    for (number, id) in (1..).zip(["новини.укр", PUNYCODE, "Новини.УКР", " XN--b1amarcd.xn--j1amh "])
    {
        let request = server.post(&number.to_string(), &comment_with("site", id)).header("origin", &origin);
        assert_eq!(request.send().await.unwrap().status(), StatusCode::CREATED, "{id}");
        let site = encoded(id);
        assert_eq!(listing(&server, &format!("site={site}&page=p")).await.thread.total, number, "{id}");
        let latest: Value =
            serde_json::from_str(&text(&server, &format!("{}?site={site}", paths::LATEST)).await).unwrap();
        assert_eq!(latest["comments"].as_array().unwrap().len() as u64, number);
        let counts = text(&server, &format!("{}?site={site}&page=p", paths::COUNTS)).await;
        assert_eq!(counts, format!("{{\"p\":{number}}}"));
    }
    for id in ["news.example", "NEWS.EXAMPLE"] {
        assert_eq!(listing(&server, &format!("site={id}&page=p")).await.thread.site, "news.example");
    }
    assert_eq!(refused(server.list("site=other.example&page=p")).await.kind, ProblemKind::SiteUnknown);
}

#[test]
fn public_url_takes_a_host_in_letters_of_its_own() {
    for address in ["https://коментарі.укр", "https://Думка.укр:8443/a/", "https://news.example/comments"]
    {
        let output = check(&format!("public_url = \"{address}\"\n"));
        assert_eq!(output.status.code(), Some(0), "{address}: {output:?}");
    }
    let refused = check("public_url = \"https://коментарі.укр/розмови\"\n");
    assert_refused(&refused, 2, &["public_url", "as browsers send it"]);
}
