//! `GET /thread` and its form

use reqwest::{RequestBuilder, Response, StatusCode};

use dumka_server::config::SiteSettings;
use dumka_server::moderation::Moderation;

use crate::running::{Running, comment, comment_with, header, problem_of, running, running_with, site};

const FORM: &str = "application/x-www-form-urlencoded";
/// `text=Привіт&name=Оля`
const GREETING: &str = "text=%D0%9F%D1%80%D0%B8%D0%B2%D1%96%D1%82&name=%D0%9E%D0%BB%D1%8F&email=";

async fn page(server: &Running, query: &str) -> String {
    let response = server.get(&format!("/thread?site=s&page=p&{query}")).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    response.text().await.unwrap()
}

fn form(server: &Running, body: &str) -> RequestBuilder {
    let request = server.request("POST", "/thread?site=s&page=p&lang=uk&sort=oldest");
    request.header("content-type", FORM).body(body.to_owned())
}

/// Follows nothing, so that the redirect itself is seen.
async fn sent(request: RequestBuilder) -> Response {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    client.execute(request.build().unwrap()).await.unwrap()
}

async fn total(server: &Running) -> u64 {
    let listing: dumka_api::Listing =
        server.list("site=s&page=p").send().await.unwrap().json().await.unwrap();
    listing.thread.total
}

async fn guarded_site(change: impl FnOnce(&mut SiteSettings)) -> Running {
    let mut site = site("s", "https://s.example");
    change(&mut site);
    running_with(|settings| settings.sites = vec![site]).await
}

#[tokio::test]
async fn page_is_whole_and_runs_nothing() {
    let server = running().await;
    let response = server.get("/thread?site=s&page=p&lang=uk").send().await.unwrap();
    assert_eq!(header(&response, "content-type"), "text/html; charset=utf-8");
    let policy = header(&response, "content-security-policy").to_owned();
    for rule in
        ["default-src 'none'", "style-src 'self' 'sha256-", "form-action 'self'", "frame-ancestors 'none'"]
    {
        assert!(policy.contains(rule), "{policy}");
    }
    assert_eq!(header(&response, "referrer-policy"), "same-origin");
    assert_eq!(header(&response, "set-cookie"), "");
    let page = response.text().await.unwrap();
    assert!(
        page.starts_with("<!DOCTYPE html><html lang=\"uk\" dir=\"ltr\">") && page.ends_with("</html>"),
        "{page}"
    );
    assert!(page.contains("<title>p · Коментарі (0)</title>") && !page.contains("<script"), "{page}");
}

#[tokio::test]
async fn title_is_text_and_only_the_sites_own_article_is_linked() {
    let server = guarded_site(|_| ()).await;
    let mut first = comment_with("title", "</title><script>alert(1)</script>");
    first["url"] = "https://s.example/news?a=1&b=\"2\"".into();
    server.accepted("1", &first).await;
    let page_of_ours = page(&server, "lang=en").await;
    assert!(page_of_ours.contains("&lt;/title&gt;&lt;script&gt;") && !page_of_ours.contains("<script"));
    assert!(page_of_ours.contains("<a href=\"https://s.example/news?a=1&amp;b="), "{page_of_ours}");

    let mut foreign = comment_with("url", "https://evil.example/");
    foreign["page"] = "q".into();
    server.accepted("2", &foreign).await;
    let response = server.get("/thread?site=s&page=q").send().await.unwrap();
    assert!(!response.text().await.unwrap().contains("evil.example"));
}

#[tokio::test]
async fn all_comments_are_a_link_away() {
    let server = running().await;
    for n in 0..25 {
        server.accepted(&n.to_string(), &comment()).await;
    }
    let first = page(&server, "lang=en").await;
    assert_eq!(first.matches("class=\"dumka-comment\">").count(), 20);
    assert!(first.contains("href=\"./thread?site=s&amp;page=p&amp;lang=en&amp;sort=oldest&amp;limit=all\""));
    let all = page(&server, "lang=en&limit=all").await;
    assert_eq!(all.matches("class=\"dumka-comment\">").count(), 25);
    assert!(!all.contains("dumka-all"));
}

#[tokio::test]
async fn form_leads_to_the_comment_it_made() {
    let server = running().await;
    let response = sent(form(&server, GREETING)).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(header(&response, "cache-control"), "no-store");
    let place = header(&response, "location").to_owned();
    let (address, id) = place.split_once('#').unwrap();
    let page = server.get(address).send().await.unwrap().text().await.unwrap();
    assert!(page.contains(&format!("id=\"{id}\"")) && page.contains("Привіт"), "{page}");
    assert!(page.contains("Коментар опубліковано"), "{page}");
}

#[tokio::test]
async fn form_sent_twice_makes_one_comment() {
    let server = running().await;
    let first = sent(form(&server, GREETING)).await;
    let second = sent(form(&server, GREETING)).await;
    assert_eq!(header(&first, "location"), header(&second, "location"));
    assert_eq!(total(&server).await, 1);
}

#[tokio::test]
async fn refused_form_comes_back_as_it_was_typed() {
    let server = running().await;
    let response = sent(form(&server, "text=%3Cb%3E+%22x%22&name=+&email=a%40b.example")).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(header(&response, "cache-control"), "no-store, no-transform");
    assert!(header(&response, "content-security-policy").contains("form-action 'self'"));
    let page = response.text().await.unwrap();
    assert!(page.contains("<details open=\"open\" class=\"dumka-composer\""), "{page}");
    assert!(page.contains("&lt;b&gt; \"x\"</textarea>"), "{page}");
    assert!(page.contains("value=\"a@b.example\""), "{page}");
    assert!(page.contains("<span class=\"dumka-error\" role=\"alert\">Вкажіть ім’я"), "{page}");
    assert_eq!(total(&server).await, 0);
}

#[tokio::test]
async fn held_comment_is_said_to_be_held_and_not_shown() {
    let server = guarded_site(|site| site.moderation = Moderation::Before).await;
    let response = sent(form(&server, GREETING).header("origin", "https://s.example")).await;
    let place = header(&response, "location").to_owned();
    assert_eq!(place, "./thread?site=s&page=p&lang=uk&sort=oldest&posted=held");
    let page = server.get(&place).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("чекає на перевірку") && !page.contains("Привіт"), "{page}");
}

#[tokio::test]
async fn form_beyond_the_rate_keeps_its_text() {
    let server = running_with(|settings| settings.limits.posts_per_minute = 1).await;
    assert_eq!(sent(form(&server, GREETING)).await.status(), StatusCode::SEE_OTHER);
    let response = sent(form(&server, "text=again&name=x")).await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(header(&response, "retry-after").parse::<u64>().is_ok());
    assert!(response.text().await.unwrap().contains("again</textarea>"));
}

#[tokio::test]
async fn article_of_the_site_may_send_the_form_before_any_script() {
    let server = guarded_site(|_| ()).await;
    // What a browser sends from a page of another origin, and where it goes then.
    let request = form(&server, GREETING).header("origin", "https://s.example");
    let navigation = |request: RequestBuilder| {
        request.header("sec-fetch-site", "cross-site").header("sec-fetch-mode", "navigate")
    };
    let response = sent(navigation(request)).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let place = header(&response, "location").split('#').next().unwrap().to_owned();
    let page = navigation(server.get(&place)).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.text().await.unwrap().contains("Привіт"));
}

#[tokio::test]
async fn bodies_that_are_no_form_are_refused() {
    let server = running().await;
    let json = server.request("POST", "/thread?site=s&page=p").header("content-type", "application/json");
    assert_eq!(problem_of(sent(json.body("{}")).await).await.status, 415);
}

#[tokio::test]
async fn text_within_the_limits_is_taken_however_long_a_form_writes_it() {
    let server = running().await;
    // Nine bytes of a form for each letter.
    let text = "%E3%81%82".repeat(10_000);
    let response = sent(form(&server, &format!("text={text}&name=x"))).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
}
