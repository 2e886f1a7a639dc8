//! `GET /api/v1/comments?…&format=html`, and what every ready answer promises

use dumka_api::ProblemKind;
use dumka_server::domain::comment::Status;
use dumka_server::storage;
use reqwest::StatusCode;

use crate::moderators::decide;
use crate::running::{Running, comment, comment_with, header, refused, running, running_with, site};
use crate::test_store::TestStore;

async fn html(server: &Running, query: &str) -> String {
    let response = server.list(&format!("site=s&page=p&format=html&{query}")).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(header(&response, "content-type"), "text/html; charset=utf-8");
    response.text().await.unwrap()
}

#[tokio::test]
async fn empty_thread_is_the_section_the_widget_draws() {
    let expected = "<section lang=\"ru\" dir=\"ltr\" class=\"dumka\"><h2 class=\"dumka-count\">Комментарии (0)</h2>\
        <details class=\"dumka-composer\"><summary class=\"dumka-add\">добавить комментарий</summary>\
        <form action=\"../../thread?site=s&amp;page=p&amp;lang=ru&amp;sort=oldest\" method=\"post\" novalidate=\"novalidate\" \
        class=\"dumka-form\" accept-charset=\"utf-8\"><h3 class=\"dumka-form-heading\">Добавить комментарий</h3>";
    let html = html(&running().await, "lang=ru").await;
    assert!(html.starts_with(expected), "{html}");
    assert!(html.ends_with("class=\"dumka-new-bar\"></div></section>"), "{html}");
}

#[tokio::test]
async fn heading_stands_at_the_level_that_was_asked_for() {
    let server = running().await;
    for (level, heading, form) in [(1, "h1", "h2"), (3, "h3", "h4"), (6, "h6", "h6")] {
        let html = html(&server, &format!("lang=en&heading-level={level}")).await;
        assert!(
            html.contains(&format!("<{heading} class=\"dumka-count\">Comments (0)</{heading}>")),
            "{html}"
        );
        assert!(html.contains(&format!("<{form} class=\"dumka-form-heading\">")), "{html}");
    }
    let problem = refused(server.list("site=s&page=p&format=html&heading-level=7")).await;
    assert_eq!(problem.kind, ProblemKind::QueryInvalid);
    assert_eq!(problem.field.as_deref(), Some("heading-level"));
}

#[tokio::test]
async fn text_is_drawn_as_it_was_typed_and_hosts_where_the_words_do_not_say_them() {
    let server = running().await;
    let text =
        "1914. Перша.\n  1939. Друга.\n\n> цитата\n5*3=15 https://example.org, [тут](https://новини.укр/)";
    server.accepted("k", &comment_with("text", text)).await;
    let html = html(&server, "lang=uk").await;
    for drawn in [
        "<p>1914. Перша.<br>  1939. Друга.</p><blockquote><p>цитата</p></blockquote><p>5*3=15 <a href=\"https://example.org/\" \
         rel=\"nofollow ugc noopener\">https://example.org</a>, <a href=\"https://новини.укр/\"",
        ">тут</a><span class=\"dumka-host\"> (новини.укр)</span></p>",
    ] {
        assert!(html.contains(drawn), "{html}");
    }
}

#[tokio::test]
async fn comment_is_drawn_with_its_text_as_text() {
    let server = running().await;
    let evil = "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))\n\n*так*";
    let author = serde_json::json!({"name": "\"><b onclick=x>Оля"});
    let mut sent = comment_with("author", author);
    sent["text"] = evil.into();
    let id = server.accepted("k", &sent).await.comment.id;
    let html = html(&server, "lang=uk").await;
    assert!(
        html.contains(&format!(
            "<li id=\"comment-{id}\" data-depth=\"0\" tabindex=\"-1\" class=\"dumka-comment\">"
        )),
        "{html}"
    );
    assert!(html.contains("&lt;script&gt;") && html.contains("<em>так</em>"), "{html}");
    for tag in ["<script", "<img", "<b ", "href=\"javascript"] {
        assert!(!html.contains(tag), "{tag}: {html}");
    }
}

#[tokio::test]
async fn language_is_the_one_asked_for_then_the_sites_then_the_browsers() {
    let server = running_with(|settings| {
        let ukrainian = site("s", "https://s.example");
        let silent = site("t", "https://t.example");
        settings.sites =
            vec![dumka_server::config::SiteSettings { lang: Some("uk".into()), ..ukrainian }, silent];
    })
    .await;
    let heading = async |query: &str, liked: &str| {
        let request = server.list(&format!("page=p&format=html&{query}")).header("accept-language", liked);
        let response = request.send().await.unwrap();
        let varies = header(&response, "vary").contains("accept-language");
        assert_eq!(
            varies,
            query.contains("site=t") && !query.contains("lang="),
            "who chooses the language: {query}"
        );
        response.text().await.unwrap()
    };
    assert!(heading("site=s&lang=ru", "en").await.contains("Комментарии (0)"));
    assert!(heading("site=s", "en").await.contains("Коментарі (0)"));
    assert!(heading("site=t", "ru-RU,en;q=0.5").await.contains("Комментарии (0)"));
    assert!(heading("site=t", "sr").await.contains("Comments (0)"));
}

#[tokio::test]
async fn times_are_those_of_the_sites_zone() {
    let in_kyiv = |settings: &mut dumka_server::config::Settings| {
        let timezone = jiff::tz::TimeZone::get("Europe/Kyiv").unwrap();
        let site = site("s", "https://s.example");
        settings.sites = vec![dumka_server::config::SiteSettings { timezone, ..site }];
    };
    let clock = std::sync::Arc::new(dumka_server::clock::ManualClock::at(
        dumka_server::domain::comment::UnixMillis(1_777_627_800_000),
    ));
    let parts = dumka_server::server::ServerParts { clock, ..dumka_server::server::ServerParts::default() };
    let server = crate::running::start(parts, in_kyiv).await;
    server.accepted("k", &comment()).await;
    assert!(html(&server, "lang=uk").await.contains(">1 трав. 2026 р., 12:30</time>"));
}

#[tokio::test]
async fn show_all_is_a_link_to_the_threads_page() {
    let server = running_with(|settings| settings.public_url = Some("https://c.example".into())).await;
    for key in ["1", "2"] {
        server.accepted(key, &comment()).await;
    }
    let link = "<a href=\"https://c.example/thread?site=s&amp;page=p&amp;lang=en&amp;sort=oldest&amp;limit=all\" class=\"dumka-all\">";
    assert!(html(&server, "lang=en&limit=1").await.contains(link));
}

#[tokio::test]
async fn write_is_seen_by_the_next_request_in_every_form() {
    let server = running().await;
    for n in 1..=3 {
        server.accepted(&n.to_string(), &comment()).await;
        for query in ["", "&format=html&lang=en", "&format=html&lang=uk", "&sort=newest"] {
            let body =
                server.list(&format!("site=s&page=p{query}")).send().await.unwrap().text().await.unwrap();
            let shown = body.matches("Привіт").count();
            assert_eq!(shown, n, "{query}: {body}");
        }
    }
}

#[tokio::test]
async fn write_of_another_process_is_seen_by_the_next_request() {
    let kept = TestStore::create().await;
    let database = kept.url();
    let server = running_with(|settings| settings.database.clone_from(&database)).await;
    let id = server.accepted("k", &comment()).await.comment.id;
    let other = storage::open(&database).await.unwrap();
    for (status, shown) in [(Status::Rejected, false), (Status::Published, true), (Status::Deleted, false)] {
        decide(&*other, &id, status).await;
        assert_eq!(html(&server, "lang=en").await.contains("Привіт"), shown, "{status:?}");
    }
}

#[tokio::test]
async fn write_in_another_thread_leaves_the_tag() {
    let server = running().await;
    server.accepted("1", &comment()).await;
    let tag = async || {
        let response = server.list("site=s&page=p&format=html").send().await.unwrap();
        header(&response, "etag").to_owned()
    };
    let before = tag().await;
    server.accepted("2", &comment_with("page", "other")).await;
    assert_eq!(tag().await, before);
    server.accepted("3", &comment()).await;
    assert_ne!(tag().await, before);
}

#[tokio::test]
async fn every_encoding_is_asked_about_by_a_tag_of_its_own() {
    let server = running().await;
    server.accepted("1", &comment()).await;
    let mut tags = Vec::new();
    for accepted in ["br", "gzip", "identity"] {
        let get = || server.list("site=s&page=p&format=html").header("accept-encoding", accepted);
        let first = get().send().await.unwrap();
        let encoding = if accepted == "identity" { "" } else { accepted };
        assert_eq!(header(&first, "content-encoding"), encoding);
        assert_eq!(header(&first, "cache-control"), "no-cache, no-transform");
        let second = get().header("if-none-match", header(&first, "etag")).send().await.unwrap();
        assert_eq!(
            (second.status(), header(&second, "etag")),
            (StatusCode::NOT_MODIFIED, header(&first, "etag"))
        );
        tags.push(header(&first, "etag").to_owned());
    }
    tags.dedup();
    assert_eq!(tags.len(), 3);
}

#[tokio::test]
async fn answers_are_the_same_where_no_memory_is_given() {
    let server = running_with(|settings| settings.limits.cache_bytes = 0).await;
    server.accepted("1", &comment()).await;
    assert!(html(&server, "").await.contains("Привіт") && html(&server, "").await.contains("Привіт"));
}

#[tokio::test]
async fn thread_that_closes_by_time_alone_is_closed_in_the_ready_answer() {
    let clock = std::sync::Arc::new(dumka_server::clock::ManualClock::at(
        dumka_server::domain::comment::UnixMillis(1_777_627_800_000),
    ));
    let parts = dumka_server::server::ServerParts {
        clock: clock.clone(),
        ..dumka_server::server::ServerParts::default()
    };
    let server = crate::running::start(parts, |settings| {
        let site = site("s", "https://s.example");
        settings.sites = vec![dumka_server::config::SiteSettings { close_after_days: 2, ..site }];
    })
    .await;
    server.accepted("1", &comment()).await;
    assert!(html(&server, "lang=en").await.contains("<form"));
    clock.advance_secs(2 * 86_400 + 1);
    assert!(!html(&server, "lang=en").await.contains("<form"));
}

#[tokio::test]
async fn other_formats_are_refused() {
    let problem = refused(running().await.list("site=s&page=p&format=xml")).await;
    assert_eq!((problem.status, problem.kind), (400, ProblemKind::QueryInvalid));
}

#[tokio::test]
async fn pending_comment_is_in_no_ready_answer() {
    let server = running_with(|settings| {
        let site = site("s", "https://s.example");
        settings.sites = vec![dumka_server::config::SiteSettings {
            moderation: dumka_server::moderation::Moderation::Before,
            ..site
        }];
    })
    .await;
    server.accepted("1", &comment()).await;
    assert!(!html(&server, "").await.contains("Привіт"));
}
