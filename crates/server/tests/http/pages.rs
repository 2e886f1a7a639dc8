//! Which page is meant: one thread for every spelling of its page and its site, at every door.

use std::collections::BTreeMap;

use dumka_api::{Listing, ProblemKind, paths};
use dumka_server::config::Settings;
use dumka_server::domain::comment::{Status, UnixMillis};
use dumka_server::storage;
use reqwest::StatusCode;
use serde_json::{Value, json};
use url::form_urlencoded::byte_serialize;

use crate::comment::pre_moderated;
use crate::running::{Running, comment, comment_with, header, refused, running, running_with, site};
use crate::stream::Stream;

/// Spellings of one page, its form first.
const SPELLINGS: [&str; 6] = [
    "/новини/їжак",
    "/новини/їжак/",
    "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/%D1%97жак",
    "/%d0%bd%d0%be%d0%b2%d0%b8%d0%bd%d0%b8/%d1%97%d0%b6%d0%b0%d0%ba//",
    "/новини/\u{456}\u{308}жак",
    "/новини/%D1%96%CC%88жак?",
];
const PUNYCODE: &str = "xn--b1amarcd.xn--j1amh";

fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

fn query(page: &str) -> String {
    format!("site=s&page={}", encoded(page))
}

async fn text(server: &Running, path: &str) -> String {
    let response = server.get(path).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    response.text().await.unwrap()
}

async fn listing(server: &Running, query: &str) -> Listing {
    let response = server.list(query).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{query}");
    response.json().await.unwrap()
}

#[tokio::test]
async fn every_spelling_of_a_page_is_one_thread_at_every_door() {
    let server = running().await;
    let mut stream = Stream::of(server.get(&format!("{}?{}", paths::LIVE, query(SPELLINGS[3])))).await;
    for (number, spelling) in (1..).zip(SPELLINGS) {
        server.accepted(&number.to_string(), &comment_with("page", spelling)).await;
        assert_eq!(stream.event().await.unwrap().data["total"], number);
    }
    for spelling in SPELLINGS {
        let query = query(spelling);
        let thread = listing(&server, &query).await.thread;
        assert_eq!((thread.page.as_str(), thread.total), (SPELLINGS[0], 6), "{spelling}");
        for path in
            [format!("{}?{query}&format=html&lang=en", paths::COMMENTS), format!("/thread?{query}&lang=en")]
        {
            let html = text(&server, &path).await;
            assert_eq!(html.matches("class=\"dumka-comment\"").count(), 6, "{path}");
        }
    }
}

#[tokio::test]
async fn form_without_scripts_writes_to_the_same_thread() {
    let server = running().await;
    for (number, spelling) in SPELLINGS.iter().enumerate() {
        let request = server.request("POST", &format!("/thread?{}&lang=en", query(spelling)));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let response = request.body(format!("name=A&email=&text=T{number}")).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{spelling}");
    }
    assert_eq!(listing(&server, &query(SPELLINGS[0])).await.thread.total, 6);
}

#[tokio::test]
async fn counts_come_under_the_spelling_that_asked() {
    let server = running().await;
    server.accepted("1", &comment_with("page", "/news/42")).await;
    server.accepted("2", &comment_with("page", "/news/42/")).await;
    server.accepted("3", &comment_with("page", "/news?id=7")).await;
    let asked = [
        ("/news/42", 2),
        ("/news/42/", 2),
        ("/news/%34%32", 2),
        ("/news?id=7", 1),
        ("/news", 0),
        ("/news/?id=7", 1),
    ];
    let pages: Vec<_> = asked.iter().map(|(page, _)| format!("&page={}", encoded(page))).collect();
    let counts = text(&server, &format!("{}?site=s{}", paths::COUNTS, pages.concat())).await;
    let counts: BTreeMap<String, u64> = serde_json::from_str(&counts).unwrap();
    assert_eq!(counts, asked.map(|(page, number)| (page.to_owned(), number)).into());
}

#[tokio::test]
async fn pages_are_as_long_as_they_are_read() {
    let server = running().await;
    let long = format!("/новини/{}", "%D0%B9".repeat(80));
    server.accepted("1", &comment_with("page", long.as_str())).await;
    assert_eq!(listing(&server, &query(&long)).await.thread.page, format!("/новини/{}", "й".repeat(80)));
    let too_long = "%D0%B9".repeat(257);
    for request in [
        server.list(&query(&too_long)),
        server.post("2", &comment_with("page", too_long.as_str())),
        server.get(&format!("{}?{}", paths::COUNTS, query(&too_long))),
        server.list(&query(&"%20".repeat(5_000))),
    ] {
        let problem = refused(request).await;
        assert_eq!((problem.status, problem.kind, problem.limit), (422, ProblemKind::PageTooLong, Some(512)));
    }
    for (page, kind) in [("/a%00b", None), ("/a%ffb", None), ("/a\0b", Some(ProblemKind::ControlCharacters))]
    {
        let response = server.list(&query(page)).send().await.unwrap();
        assert_eq!(response.status() == StatusCode::OK, kind.is_none(), "{page:?}");
    }
}

#[tokio::test]
async fn pages_that_only_look_alike_stay_apart() {
    let server = running().await;
    let pages =
        ["/a/b", "/a%2Fb", "/a%252Fb", "/a?b", "/a%3Fb", "/a?b=1&c", "/a?b=1%26c", "100%", "100%2541"];
    for (number, page) in pages.iter().enumerate() {
        server.accepted(&number.to_string(), &comment_with("page", *page)).await;
    }
    for page in pages {
        assert_eq!(listing(&server, &query(page)).await.thread.total, 1, "{page}");
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

/// A comment that says what its page is called and where it is.
fn naming(title: &str, url: &str) -> Value {
    let mut comment = comment();
    comment["title"] = title.into();
    comment["url"] = url.into();
    comment
}

async fn posted(server: &Running, key: &str, comment: &Value, origin: Option<&str>) -> String {
    let mut request = server.post(key, comment);
    if let Some(origin) = origin {
        request = request.header("origin", origin);
    }
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    response.json::<Value>().await.unwrap()["comment"]["id"].as_str().unwrap().into()
}

async fn named(server: &Running) -> (Option<String>, Option<String>) {
    let thread = listing(server, "site=s&page=p").await.thread;
    (thread.title, thread.url)
}

fn told(title: &str, url: &str) -> (Option<String>, Option<String>) {
    (Some(title.into()), Some(url.into()))
}

#[tokio::test]
async fn name_follows_the_sites_own_word_without_what_is_not_the_pages() {
    let server = running_with(|settings| settings.sites = vec![site("s", "https://s.example")]).await;
    let own = Some("https://s.example");
    posted(&server, "1", &comment(), None).await;
    assert_eq!(named(&server).await, (None, None));
    posted(
        &server,
        "2",
        &naming("\u{202E}Перша", "https://s.example/p?utm_source=x&id=7&fbclid=y#frag"),
        None,
    )
    .await;
    assert_eq!(named(&server).await, told("Перша", "https://s.example/p?id=7"));
    posted(&server, "3", &naming("Чужа", "https://s.example/other"), None).await;
    assert_eq!(
        named(&server).await,
        told("Перша", "https://s.example/p?id=7"),
        "no page of the site said so"
    );
    posted(&server, "4", &naming("Виправлена", "https://evil.example/?gclid=1"), own).await;
    assert_eq!(
        named(&server).await,
        told("Виправлена", "https://s.example/p?id=7"),
        "a page elsewhere is no article's"
    );
    posted(&server, "5", &naming("Виправлена", "https://s.example/moved?yclid=1&mc_eid=2&_openstat=3"), own)
        .await;
    assert_eq!(named(&server).await, told("Виправлена", "https://s.example/moved"));
}

#[tokio::test]
async fn stranger_names_nothing_before_a_moderator_has_read_it() {
    let directory = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", directory.path().join("dumka.db").display());
    let server = running_with(|settings| {
        pre_moderated(settings);
        settings.database.clone_from(&database);
    })
    .await;
    let moderators = storage::open(&database).await.unwrap();
    let mine = naming("Casino777", "https://s.example/casino777");
    let id = posted(&server, "1", &mine, Some("https://s.example")).await;
    let shows = async || {
        let mut shown = String::new();
        for path in [
            format!("{}?site=s&page=p", paths::COMMENTS),
            format!("{}?site=s&page=p&format=html", paths::COMMENTS),
            "/thread?site=s&page=p".to_owned(),
            format!("{}?site=s", paths::LATEST),
        ] {
            shown += &text(&server, &path).await;
        }
        shown.to_lowercase().contains("casino777")
    };
    assert!(!shows().await);
    for (status, is_shown) in [(Status::Rejected, false), (Status::Published, true), (Status::Deleted, false)]
    {
        moderators.set_status(id.parse().unwrap(), status, UnixMillis(0)).await.unwrap();
        assert_eq!(shows().await, is_shown, "{status:?}");
    }
}

#[tokio::test]
async fn ready_thread_says_its_page_as_the_script_was_asked() {
    let server = crate::embed_ready::with_widget().await;
    for page in ["/новини", "/новини/", "/%d0%bd%d0%be%d0%b2%d0%b8%d0%bd%d0%b8"] {
        let response = server.get(&format!("/embed.js?{}", query(page))).send().await.unwrap();
        assert_eq!(header(&response, "content-type"), "text/javascript; charset=utf-8");
        let script = response.text().await.unwrap();
        assert!(script.contains(&format!("\"page\":{}", json!(page))), "{script}");
    }
}
