//! The server under a path of another's origin: its links, its forms and where it sends a browser, with an address of
//! its own and without, behind a proxy that takes the path away and behind one that leaves it.

use dumka_api::paths;
use dumka_server::assets::{Asset, Widget};
use dumka_server::server::ServerParts;
use reqwest::{Response, StatusCode, Url};
use serde_json::Value;

use crate::running::{Running, comment, header, running_with, start};

const FORM: &str = "application/x-www-form-urlencoded";

static WIDGET: Widget = Widget {
    hash: "0123456789ab",
    assets: &[file("embed.js"), file("assets/embed.ready.js"), file("assets/widget.css")],
};

const fn file(name: &'static str) -> Asset {
    let plain = b"show(__READY__);";
    Asset { name, content_type: "text/javascript; charset=utf-8", plain, brotli: plain, gzip: plain }
}

/// A server whose address is known, or one that knows nothing of a proxy.
async fn served(public_url: Option<&str>) -> Running {
    let parts = ServerParts { widget: &WIDGET, ..ServerParts::default() };
    start(parts, |settings| settings.public_url = public_url.map(Into::into)).await
}

/// Follows a browser that read this link at this path of the proxy, and what the server is then asked for.
fn led(seen_at: &str, link: &str) -> String {
    let page = Url::parse("https://news.example").unwrap().join(seen_at).unwrap();
    let led = page.join(&link.replace("&amp;", "&")).unwrap();
    assert_eq!(led.origin().ascii_serialization(), "https://news.example", "{link}");
    let path =
        led.path().strip_prefix("/dumka").unwrap_or_else(|| panic!("{link} at {seen_at} leads to {led}"));
    format!("{path}?{}", led.query().unwrap_or_default())
}

/// The values of an attribute in HTML.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let start = format!(" {attribute}=\"");
    let parts = html.split(start.as_str()).skip(1);
    parts.map(|rest| rest.split('"').next().unwrap()).collect()
}

async fn is_there(server: &Running, path: &str) {
    let status = server.get(path).send().await.unwrap().status();
    assert_eq!(status, StatusCode::OK, "{path}");
}

const KNOWN: [Option<&str>; 2] = [None, Some("https://news.example/dumka")];

#[tokio::test]
async fn every_link_of_ready_html_leads_under_the_path() {
    for public_url in KNOWN {
        let server = served(public_url).await;
        for key in ["1", "2", "3"] {
            server.accepted(key, &comment()).await;
        }
        for path in [
            "/thread?site=s&page=p&limit=1&lang=en",
            "/api/v1/comments?site=s&page=p&format=html&limit=1&lang=en",
        ] {
            let html = server.get(path).send().await.unwrap().text().await.unwrap();
            let links = [values(&html, "href"), values(&html, "action")].concat();
            let links: Vec<_> = links.into_iter().filter(|link| !link.starts_with('#')).collect();
            assert!(links.len() > 5, "{html}");
            for link in links {
                is_there(&server, &led(&format!("/dumka{path}"), link)).await;
            }
        }
    }
}

#[tokio::test]
async fn every_link_of_a_thread_in_the_script_leads_under_the_path() {
    for public_url in KNOWN {
        let server = served(public_url).await;
        server.accepted("1", &comment()).await;
        let script = server.get("/embed.js?site=s&page=p").send().await.unwrap().text().await.unwrap();
        let ready = script.strip_prefix("show(").unwrap().strip_suffix(");").unwrap();
        let ready: Value = serde_json::from_str(ready).unwrap();
        lead_somewhere(&server, "/embed.js", &ready["thread"]).await;
        for path in
            ["/thread?site=s&page=p&lang=en&scripted", "/api/v1/comments?site=s&page=p&lang=en&format=tree"]
        {
            let tree: Value = server.get(path).send().await.unwrap().json().await.unwrap();
            lead_somewhere(&server, path, &tree).await;
        }
    }
}

async fn lead_somewhere(server: &Running, path: &str, nodes: &Value) {
    let mut links = Vec::new();
    for node in nodes.as_array().unwrap() {
        collect(node, &mut links);
    }
    assert!(!links.is_empty(), "{nodes}");
    for link in links {
        is_there(server, &led(&format!("/dumka{path}"), &link)).await;
    }
}

fn collect(node: &Value, links: &mut Vec<String>) {
    let Some([_, attributes, content @ ..]) = node.as_array().map(Vec::as_slice) else { return };
    for name in ["href", "action"] {
        links.extend(attributes[name].as_str().filter(|link| !link.starts_with('#')).map(Into::into));
    }
    for node in content {
        collect(node, links);
    }
}

async fn sent(server: &Running, form: &str) -> Response {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let request = server.request("POST", "/thread?site=s&page=p").header("content-type", FORM);
    client.execute(request.body(form.to_owned()).build().unwrap()).await.unwrap()
}

#[tokio::test]
async fn forms_lead_back_under_the_path() {
    for public_url in KNOWN {
        let server = served(public_url).await;
        let response = sent(&server, "name=Ann&text=words").await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        let place = led("/dumka/thread?site=s&page=p", header(&response, "location"));
        assert!(server.get(&place).send().await.unwrap().text().await.unwrap().contains("words"));

        let refused = sent(&server, "name=&text=words").await.text().await.unwrap();
        for action in values(&refused, "action") {
            assert!(
                led("/dumka/thread?site=s&page=p", action).starts_with("/thread?site=s&page=p"),
                "{action}"
            );
        }
    }
}

#[tokio::test]
async fn comment_is_found_where_its_post_says() {
    let server = served(KNOWN[1]).await;
    let response = server.post("k", &comment()).send().await.unwrap();
    is_there(&server, &led("/dumka/api/v1/comments", header(&response, "location"))).await;
    let server = served(None).await;
    let response = server.post("k", &comment()).send().await.unwrap();
    is_there(&server, header(&response, "location")).await;
}

#[tokio::test]
async fn description_says_where_the_server_is() {
    for public_url in KNOWN {
        let server = served(public_url).await;
        let description: Value = server.get(paths::OPENAPI).send().await.unwrap().json().await.unwrap();
        let url = description["servers"][0]["url"].as_str().unwrap();
        let place = led("/dumka/api/v1/openapi.json", url);
        assert_eq!(place.trim_matches(['/', '?']), "", "{url}");
    }
}

#[tokio::test]
async fn path_that_a_proxy_leaves_is_taken_away() {
    let server = served(KNOWN[1]).await;
    for path in ["/embed.js", "/thread?site=s&page=p", "/api/v1/comments?site=s&page=p", "/healthz"] {
        is_there(&server, &format!("/dumka{path}")).await;
        is_there(&server, path).await;
    }
    let post = server.request("POST", "/dumka/api/v1/comments").header("content-type", "application/json");
    let response = post.header("idempotency-key", "k").body(comment().to_string()).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    for path in ["/dumkas/healthz", "/dumka/dumka/healthz", "/dumka/nothing"] {
        assert_eq!(server.get(path).send().await.unwrap().status(), StatusCode::NOT_FOUND, "{path}");
    }
    let other = running_with(|_| ()).await;
    assert_eq!(other.get("/dumka/healthz").send().await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn demo_stands_under_any_path() {
    let server = crate::running::demo().await;
    for page in ["/demo/", "/demo/uk/", "/demo/en/", "/demo/styles/", "/demo/styles/dark/"] {
        let html = server.get(page).send().await.unwrap().text().await.unwrap();
        for link in [values(&html, "href"), values(&html, "src")].concat() {
            let is_own = !link.starts_with(['#', 'h']) && !link.ends_with("embed.js");
            if is_own {
                is_there(&server, &led(&format!("/dumka{page}"), link)).await;
            }
        }
    }
    for (path, place) in [("/", "/demo/"), ("/demo", "/demo/")] {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let response = client.execute(server.get(path).build().unwrap()).await.unwrap();
        assert_eq!(led(&format!("/dumka{path}"), header(&response, "location")), format!("{place}?"));
    }
}
