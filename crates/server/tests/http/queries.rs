//! Queries: every check of a parameter, in the order in which they are made.

use dumka_api::ProblemKind::{
    self, CursorInvalid, LimitInvalid, PageEmpty, PagesTooMany, QueryInvalid, SiteEmpty, SiteUnknown,
    SortInvalid, UrlInvalid,
};

use crate::running::{refused, running_with, site};

type Refusal = (&'static str, ProblemKind, Option<&'static str>);

/// Asks for every address: each is refused for the first thing that is wrong with it.
async fn assert_refused(path: &str, refusals: &[Refusal]) {
    let server = running_with(|settings| settings.sites = vec![site("s", "https://s.example")]).await;
    for (query, kind, field) in refusals {
        let problem = refused(server.get(&format!("{path}?{query}"))).await;
        assert_eq!((problem.kind, problem.field.as_deref()), (*kind, *field), "{path}?{query}");
    }
}

#[tokio::test]
async fn list_is_refused_for_the_first_thing_that_is_wrong() {
    let refusals = [
        ("site=s&site=s&page=p&page=p&x=%FF", QueryInvalid, None),
        ("site=s&site=s&page=p&page=p", QueryInvalid, Some("site")),
        ("site=&page=p&page=p", QueryInvalid, Some("page")),
        ("page=p&sort=x&sort=x", SiteEmpty, Some("site")),
        ("site=s&limit=x", PageEmpty, Some("page")),
        ("site=x&page=p&format=x&sort=x", SiteUnknown, Some("site")),
        ("site=s&page=p&format=html&format=html&lang=a&lang=b", QueryInvalid, Some("format")),
        ("site=s&page=p&format=x&sort=x", QueryInvalid, Some("format")),
        ("site=s&page=p&format=html&lang=a&lang=b&url=x", QueryInvalid, Some("lang")),
        ("site=s&page=p&format=html&url=x&style=x", UrlInvalid, Some("url")),
        ("site=s&page=p&format=html&style=x&heading-level=x", QueryInvalid, Some("style")),
        ("site=s&page=p&format=html&heading-level=7&sort=x", QueryInvalid, Some("heading-level")),
        ("site=s&page=p&lang=a&lang=b&style=x&heading-level=x&url=x&sort=x", SortInvalid, Some("sort")),
        ("site=s&page=p&sort=best&sort=best&comment=a&comment=b", QueryInvalid, Some("sort")),
        ("site=s&page=p&comment=a&comment=b&cursor=a&cursor=b", QueryInvalid, Some("comment")),
        ("site=s&page=p&comment=a&cursor=a&cursor=b&limit=x", QueryInvalid, Some("cursor")),
        ("site=s&page=p&comment=a&cursor=a&limit=x", QueryInvalid, Some("comment")),
        ("site=s&page=p&cursor=a&limit=1&limit=1", CursorInvalid, Some("cursor")),
        ("site=s&page=p&limit=1&limit=1", QueryInvalid, Some("limit")),
        ("site=s&page=p&limit=all", LimitInvalid, Some("limit")),
    ];
    assert_refused("/api/v1/comments", &refusals).await;
}

#[tokio::test]
async fn page_is_refused_for_the_first_thing_that_is_wrong() {
    let refusals = [
        ("site=s&page=p&page=p&lang=a&lang=b", QueryInvalid, Some("page")),
        ("site=x&page=p&lang=a&lang=b", SiteUnknown, Some("site")),
        ("site=s&page=p&lang=a&lang=b&sort=x", QueryInvalid, Some("lang")),
        ("site=s&page=p&sort=x&limit=x", SortInvalid, Some("sort")),
        ("site=s&page=p&limit=all&limit=all&scripted&scripted", QueryInvalid, Some("limit")),
        ("site=s&page=p&limit=0&scripted&scripted", LimitInvalid, Some("limit")),
        ("site=s&page=p&scripted&scripted&posted=a&posted=b", QueryInvalid, Some("scripted")),
        ("site=s&page=p&posted=a&posted=b&edited_at&edited_at", QueryInvalid, Some("posted")),
        ("site=s&page=p&edited_at&edited_at&edit=a&edit=b", QueryInvalid, Some("edited_at")),
        ("site=s&page=p&edit=a&edit=b&report=a&report=b", QueryInvalid, Some("edit")),
        ("site=s&page=p&report=a&report=b&delete=a&delete=b", QueryInvalid, Some("report")),
        ("site=s&page=p&delete=a&delete=b&reply=a&reply=b", QueryInvalid, Some("delete")),
        ("site=s&page=p&report=a&reply=a&reply=b&cursor=x", QueryInvalid, Some("reply")),
        ("site=s&page=p&comment=a&cursor=x", QueryInvalid, Some("comment")),
        ("site=s&page=p&cursor=x", CursorInvalid, Some("cursor")),
    ];
    assert_refused("/thread", &refusals).await;
}

#[tokio::test]
async fn counts_are_refused_for_the_first_thing_that_is_wrong() {
    let many = format!("site=&{}", "page=p&".repeat(101));
    let refusals = [
        ("site=s&site=s&page=p", QueryInvalid, Some("site")),
        (&*many.leak(), PagesTooMany, Some("page")),
        ("site=x", PageEmpty, Some("page")),
        ("site=x&page=p&page=", SiteUnknown, Some("site")),
    ];
    assert_refused("/api/v1/comments/counts", &refusals).await;
}

#[tokio::test]
async fn newest_comments_are_refused_for_the_first_thing_that_is_wrong() {
    let refusals = [
        ("site=s&site=s&limit=x", QueryInvalid, Some("site")),
        ("limit=x", SiteEmpty, Some("site")),
        ("site=x&limit=x", SiteUnknown, Some("site")),
        ("site=s&limit=1&limit=1", QueryInvalid, Some("limit")),
        ("site=s&limit=21", LimitInvalid, Some("limit")),
    ];
    assert_refused("/api/v1/comments/latest", &refusals).await;
}

#[tokio::test]
async fn stream_is_refused_for_the_first_thing_that_is_wrong() {
    let refusals = [
        ("site=s&site=s&page=p&after=x", QueryInvalid, Some("site")),
        ("site=s&page=p&page=q&after=1&after=2,3&wait=1", QueryInvalid, Some("after")),
        ("site=s&page=p&after=x&wait=1", QueryInvalid, Some("after")),
        ("site=s&wait=1", PageEmpty, Some("page")),
        ("site=x&page=p&wait=1", SiteUnknown, Some("site")),
        ("site=s&page=p&wait=0&wait=0", QueryInvalid, Some("wait")),
        ("site=s&page=p&wait=1", QueryInvalid, Some("wait")),
    ];
    assert_refused("/api/v1/comments/live", &refusals).await;
}
