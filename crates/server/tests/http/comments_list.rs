//! `GET /api/v1/comments`

use dumka_api::{Feature, Listing, ProblemKind, ThreadState};
use reqwest::StatusCode;

use crate::running::{Running, comment, comment_with, header, refused, running, running_with, site};

async fn listing(server: &Running, query: &str) -> Listing {
    let response = server.list(query).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    response.json().await.unwrap()
}

fn ids(listing: &Listing) -> Vec<&str> {
    listing.comments.iter().map(|comment| comment.id.as_str()).collect()
}

#[tokio::test]
async fn unknown_thread_is_empty_and_open() {
    let listing = listing(&running().await, "site=s&page=news/42").await;
    assert_eq!((listing.thread.site.as_str(), listing.thread.page.as_str()), ("s", "news/42"));
    assert_eq!((listing.thread.total, listing.thread.state), (0, ThreadState::Open));
    let always = [Feature::Reply, Feature::Preview, Feature::Vote, Feature::Report];
    let features = [&always[..], &[Feature::Edit, Feature::Live]].concat();
    assert_eq!(listing.thread.features, features);
    assert_eq!((listing.comments.len(), listing.next), (0, None));
}

#[tokio::test]
async fn replies_follow_their_parents() {
    let server = running().await;
    let first = server.accepted("1", &comment()).await.comment.id;
    let second = server.accepted("2", &comment()).await.comment.id;
    let reply = server.accepted("3", &comment_with("parent", first.as_str())).await.comment.id;

    let listing = listing(&server, "site=s&page=p").await;

    assert_eq!(ids(&listing), [&first, &reply, &second]);
    assert_eq!(listing.thread.total, 3);
}

#[tokio::test]
async fn cursor_leads_through_every_comment_once() {
    let server = running().await;
    let mut written = Vec::new();
    for n in 0..5 {
        written.push(server.accepted(&n.to_string(), &comment()).await.comment.id);
    }
    let first = listing(&server, "site=s&page=p&limit=2").await;
    let query = format!("site=s&page=p&limit=100&cursor={}", first.next.as_deref().unwrap());
    let rest = listing(&server, &query).await;

    assert_eq!([ids(&first), ids(&rest)].concat(), written);
    assert_eq!(rest.next, None);
}

#[tokio::test]
async fn newest_first_is_the_reverse() {
    let server = running().await;
    let first = server.accepted("1", &comment()).await.comment.id;
    let second = server.accepted("2", &comment()).await.comment.id;
    assert_eq!(ids(&listing(&server, "site=s&page=p&sort=newest").await), [second, first]);
}

#[tokio::test]
async fn threads_of_two_sites_are_apart() {
    let server = running().await;
    server.accepted("1", &comment()).await;
    assert_eq!(listing(&server, "site=other&page=p").await.thread.total, 0);
}

#[tokio::test]
async fn wrong_limits_are_refused() {
    let server = running().await;
    for limit in ["0", "-1", "101", "x", "1.5", ""] {
        let problem = refused(server.list(&format!("site=s&page=p&limit={limit}"))).await;
        assert_eq!((problem.status, problem.kind), (400, ProblemKind::LimitInvalid), "{limit}");
        assert_eq!((problem.field.as_deref(), problem.limit), (Some("limit"), Some(100)));
    }
}

#[tokio::test]
async fn broken_cursors_are_refused() {
    let server = running().await;
    server.accepted("1", &comment()).await;
    let known = server.accepted("2", &comment()).await.comment.id;
    let long = format!("{known}.b{}", "A".repeat(16 * 1024));
    let given = ["", "x", "b!", "dAA", "b%FF"].map(|given| format!("{known}.{given}"));
    let cursors = ["", "x", "%00", ".bBw", "00000000-0000-7000-8000-000000000000", &long].map(String::from);
    for cursor in cursors.iter().chain(&given) {
        for sort in ["oldest", "best"] {
            let problem = refused(server.list(&format!("site=s&page=p&sort={sort}&cursor={cursor}"))).await;
            let is_expected = matches!(problem.kind, ProblemKind::CursorInvalid | ProblemKind::QueryInvalid);
            assert!(problem.status == 400 && is_expected, "{cursor}: {problem:?}");
        }
    }
}

#[tokio::test]
async fn cursor_of_another_thread_is_refused() {
    let server = running().await;
    for (n, page) in ["other", "other", "p", "p"].into_iter().enumerate() {
        server.accepted(&n.to_string(), &comment_with("page", page)).await;
    }
    for sort in ["oldest", "newest", "best"] {
        let other = listing(&server, &format!("site=s&page=other&sort={sort}&limit=1")).await.next.unwrap();
        let problem = refused(server.list(&format!("site=s&page=p&sort={sort}&cursor={other}"))).await;
        assert_eq!((problem.status, problem.kind), (400, ProblemKind::CursorInvalid), "{sort}");
    }
}

#[tokio::test]
async fn wrong_queries_are_refused_by_their_kind() {
    let server = running().await;
    let long = "x".repeat(513);
    let cases = [
        ("page=p", 422, ProblemKind::SiteEmpty),
        ("site=s", 422, ProblemKind::PageEmpty),
        ("site=s&page=", 422, ProblemKind::PageEmpty),
        ("site=s&page=%20", 422, ProblemKind::PageEmpty),
        ("site=s&page=a%00b", 422, ProblemKind::ControlCharacters),
        ("site=s&page=%FF", 400, ProblemKind::QueryInvalid),
        ("site=s&page=p&page=q", 400, ProblemKind::QueryInvalid),
        ("site=s&page=p&sort=loudest", 400, ProblemKind::SortInvalid),
        (&format!("site=s&page={long}"), 422, ProblemKind::PageTooLong),
    ];
    for (query, status, kind) in cases {
        let problem = refused(server.list(query)).await;
        assert_eq!((problem.status, problem.kind), (status, kind), "{query}");
    }
}

#[tokio::test]
async fn unknown_site_is_not_served() {
    let server = running_with(|settings| settings.sites = vec![site("s", "https://s.example")]).await;
    let problem = refused(server.list("site=other&page=p")).await;
    assert_eq!((problem.status, problem.kind), (404, ProblemKind::SiteUnknown));
}

#[tokio::test]
async fn unchanged_thread_is_not_sent_again() {
    let server = running().await;
    server.accepted("1", &comment()).await;
    let first = server.list("site=s&page=p").send().await.unwrap();
    assert_eq!(header(&first, "cache-control"), "no-cache, no-transform");
    let tag = header(&first, "etag").to_owned();

    let second = server.list("site=s&page=p").header("if-none-match", &tag).send().await.unwrap();
    assert_eq!((second.status(), header(&second, "etag")), (StatusCode::NOT_MODIFIED, tag.as_str()));

    server.accepted("2", &comment()).await;
    let third = server.list("site=s&page=p").header("if-none-match", &tag).send().await.unwrap();
    assert_eq!(third.status(), StatusCode::OK);
}

#[tokio::test]
async fn long_answers_are_compressed_under_a_tag_of_their_own() {
    let server = running().await;
    for n in 0..10 {
        server.accepted(&n.to_string(), &comment()).await;
    }
    let plain = server.list("site=s&page=p").send().await.unwrap();
    let brotli = server.list("site=s&page=p").header("accept-encoding", "gzip, br").send().await.unwrap();

    assert_eq!(header(&plain, "content-encoding"), "");
    assert_eq!(header(&brotli, "content-encoding"), "br");
    assert_ne!(header(&plain, "etag"), header(&brotli, "etag"));
    let vary: Vec<_> = brotli.headers().get_all("vary").iter().collect();
    assert!(
        !vary.iter().any(|value| *value == "origin") && vary.iter().any(|value| *value == "accept-encoding")
    );

    let again = server.list("site=s&page=p").header("accept-encoding", "br");
    let again = again.header("if-none-match", header(&brotli, "etag")).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn reading_sets_no_cookie() {
    let response = running().await.list("site=s&page=p").send().await.unwrap();
    assert_eq!(header(&response, "set-cookie"), "");
}

#[tokio::test]
async fn client_that_refuses_every_encoding_gets_the_plain_list() {
    let server = running().await;
    for number in 0..20 {
        server.accepted(&number.to_string(), &comment()).await;
    }
    for accepted in ["identity;q=0", "*;q=0", "identity;q=0, *;q=0", "deflate, identity;q=0"] {
        for query in ["site=s&page=p", "site=s&page=p&format=html"] {
            let list = server.list(query).header("accept-encoding", accepted).send().await.unwrap();
            assert_eq!(
                (list.status(), header(&list, "content-encoding")),
                (StatusCode::OK, ""),
                "{accepted}"
            );
            assert!(list.text().await.unwrap().len() > 1_024, "{accepted}");
        }
    }
    let list =
        server.list("site=s&page=p").header("accept-encoding", "identity;q=0, *").send().await.unwrap();
    assert_ne!(header(&list, "content-encoding"), "");
}

#[tokio::test]
async fn list_that_a_client_holds_in_whatever_state_is_not_sent_again() {
    let server = running().await;
    server.accepted("1", &comment()).await;
    for path in
        ["/api/v1/comments?site=s&page=p", "/api/v1/comments/counts?site=s&page=p", "/thread?site=s&page=p"]
    {
        let held = server.get(path).header("if-none-match", "*").send().await.unwrap();
        assert_eq!(held.status(), StatusCode::NOT_MODIFIED, "{path}");
    }
}
