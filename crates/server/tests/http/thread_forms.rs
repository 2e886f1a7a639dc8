//! The thread's form as browsers send it: from which pages it is taken, and in which encodings.

use dumka_server::config::Settings;
use reqwest::{RequestBuilder, Response, StatusCode};

use crate::running::{Running, header, running, running_with, site};

pub const FORM: &str = "application/x-www-form-urlencoded";
pub const PAGE: &str = "/thread?site=s&page=p&lang=en&sort=oldest";

pub async fn with(change: impl FnOnce(&mut Settings)) -> Running {
    running_with(|settings| {
        settings.sites = vec![site("s", "https://s.example")];
        change(settings);
    })
    .await
}

pub fn post(server: &Running, path: &str, body: impl Into<reqwest::Body>) -> RequestBuilder {
    server.request("POST", path).header("content-type", FORM).body(body)
}

pub async fn sent(request: RequestBuilder) -> Response {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    client.execute(request.build().unwrap()).await.unwrap()
}

async fn total(server: &Running) -> u64 {
    let listing: dumka_api::Listing =
        server.list("site=s&page=p").send().await.unwrap().json().await.unwrap();
    listing.thread.total
}

/// Tells whether a form with these headers is taken; one that is not changes nothing and comes back as a page.
async fn is_taken(server: &Running, headers: &[(&str, &str)]) -> bool {
    let before = total(server).await;
    let mut request = post(server, PAGE, format!("name=x&text=words+{before}+%3C%26"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = sent(request).await;
    if response.status() == StatusCode::SEE_OTHER {
        assert_eq!(total(server).await, before + 1);
        return true;
    }
    assert_eq!(response.status(), StatusCode::FORBIDDEN, "{headers:?}");
    let page = page_of(response).await;
    assert!(page.contains(&format!("words {before} &lt;&amp;</textarea>")), "{page}");
    assert!(page.contains("<form action=\"./thread?") && page.contains("accept-charset=\"utf-8\""), "{page}");
    assert_eq!(total(server).await, before, "{headers:?}");
    false
}

/// The page of an answer, which is for this reader alone and changed by nobody.
pub async fn page_of(response: Response) -> String {
    assert_eq!(header(&response, "content-type"), "text/html; charset=utf-8");
    assert_eq!(header(&response, "cache-control"), "no-store, no-transform");
    assert_eq!(header(&response, "x-content-type-options"), "nosniff");
    assert!(header(&response, "content-security-policy").contains("form-action 'self'"));
    response.text().await.unwrap()
}

#[tokio::test]
async fn form_is_taken_from_the_sites_pages_and_this_servers_own() {
    let server = with(|settings| settings.public_url = Some("https://c.example".into())).await;
    for headers in [
        &[("origin", "https://s.example")][..],
        &[("origin", "https://c.example")],
        &[("origin", "https://s.example"), ("sec-fetch-site", "cross-site")],
        // A page without referrer, or a browser that tells no origin, but compares itself.
        &[("origin", "null"), ("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "none")],
        // An old browser.
        &[("referer", "https://c.example/thread?site=s&page=p")],
        &[("referer", "https://s.example/news/42")],
        // No browser.
        &[],
    ] {
        assert!(is_taken(&server, headers).await, "{headers:?}");
    }
}

#[tokio::test]
async fn form_from_elsewhere_changes_nothing_and_its_words_come_back() {
    let server = with(|settings| settings.public_url = Some("https://c.example".into())).await;
    let host = format!("http://{}", server.address());
    for headers in [
        &[("origin", "https://evil.example")][..],
        &[("origin", "http://c.example")],
        &[("origin", "https://c.example:8443")],
        &[("origin", "https://s.example.evil.example")],
        // The name under which it is asked is no more its own than its address says.
        &[("origin", host.as_str())],
        &[("origin", "null")],
        &[("origin", "null"), ("sec-fetch-site", "cross-site")],
        &[("origin", "null"), ("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("referer", "https://evil.example/https://c.example/")],
        &[("referer", "http://c.example/")],
        &[("referer", "nonsense")],
        &[("origin", "https://c.example"), ("origin", "https://evil.example")],
        &[("origin", "")],
    ] {
        assert!(!is_taken(&server, headers).await, "{headers:?}");
    }
}

#[tokio::test]
async fn without_an_address_of_its_own_the_server_goes_by_the_name_it_is_asked_under() {
    let server = with(|_| ()).await;
    let own = format!("http://{}", server.address());
    assert!(is_taken(&server, &[("origin", &own)]).await);
    assert!(is_taken(&server, &[("referer", &format!("{own}/thread?x"))]).await);
    assert!(!is_taken(&server, &[("origin", "http://127.0.0.1:1")]).await);
    let open = running().await;
    assert!(is_taken(&open, &[("origin", "http://localhost:3000")]).await);
    assert!(!is_taken(&open, &[("origin", "http://news.example"), ("host", "news.example")]).await);
}

#[tokio::test]
async fn page_that_keeps_the_words_sends_them() {
    let server = with(|_| ()).await;
    let refused = sent(post(&server, PAGE, "name=Ann&text=kept").header("origin", "null")).await;
    let page = page_of(refused).await;
    let (_, form) = page.split_once("<form action=\"").unwrap();
    let address = form.split('"').next().unwrap().replace("&amp;", "&");
    let own = format!("http://{}", server.address());
    let taken = sent(post(&server, &address, "name=Ann&text=kept").header("origin", own)).await;
    assert_eq!((taken.status(), total(&server).await), (StatusCode::SEE_OTHER, 1));
}

#[tokio::test]
async fn votes_and_deletions_from_elsewhere_do_nothing() {
    let server = with(|_| ()).await;
    let taken = sent(post(&server, PAGE, "name=Ann&text=mine")).await;
    let (cookie, place) = (header(&taken, "set-cookie"), header(&taken, "location"));
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let id = place.split_once("#comment-").unwrap().1.to_owned();
    for form in [format!("vote={id}&value=1"), format!("delete={id}"), format!("edit={id}&text=theirs")] {
        for origin in ["null", "https://evil.example"] {
            let request =
                post(&server, PAGE, form.clone()).header("origin", origin).header("cookie", &cookie);
            let refused = sent(request).await;
            assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{form}");
            page_of(refused).await;
        }
    }
    let listing: dumka_api::Listing =
        server.list("site=s&page=p").send().await.unwrap().json().await.unwrap();
    assert_eq!((listing.thread.total, listing.comments[0].votes.up), (1, 0));
    assert!(serde_json::to_string(&listing.comments[0].body).unwrap().contains("mine"));
}

async fn text_of_last(server: &Running) -> String {
    let list = server.list("site=s&page=p&sort=newest").send().await.unwrap();
    let listing: dumka_api::Listing = list.json().await.unwrap();
    serde_json::to_string(&listing.comments[0].body).unwrap()
}

#[tokio::test]
async fn form_is_read_in_the_encoding_of_its_page() {
    let server = running().await;
    for (lang, form, content_type, words) in [
        ("uk", "text=%CF%F0%E8%E2%B3%F2+1&name=%CE%EB%FF", FORM, "Привіт 1"),
        ("uk", "text=%D0%9F%D1%80%D0%B8%D0%B2%D1%96%D1%82+2&name=x", FORM, "Привіт 2"),
        ("en", "text=%CF%F0%E8%E2%B3%F2+3&name=x&_charset_=windows-1251", FORM, "Привіт 3"),
        ("en", "text=%F0%D2%C9+4&name=x", "application/x-www-form-urlencoded; charset=KOI8-U", "При 4"),
        ("ru", "text=%26%23128512%3B+%FF+5&name=x", FORM, "😀 я 5"),
        ("uk", "text=%81%FF+6&name=x&_charset_=utf-8", FORM, "\u{FFFD}\u{FFFD} 6"),
    ] {
        let request = server.request("POST", &format!("/thread?site=s&page=p&lang={lang}"));
        let response = sent(request.header("content-type", content_type).body(form)).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{form}");
        let text = text_of_last(&server).await;
        assert!(text.contains(words), "{form}: {text}");
    }
}

#[tokio::test]
async fn form_in_parts_is_a_form_as_well() {
    let server = with(|_| ()).await;
    let part = |name: &str, value: &str| {
        format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let whole = [part("name", "Оля"), part("text", "Перше\r\nдруге & =третє"), "--x--\r\n".into()].concat();
    let in_parts = |body: String, origin: &str| {
        let request = server.request("POST", PAGE).header("content-type", "multipart/form-data; boundary=x");
        request.header("origin", origin).body(body)
    };
    let refused = sent(in_parts(whole.clone(), "https://evil.example")).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert!(page_of(refused).await.contains("друге &amp; =третє</textarea>"));
    assert_eq!(sent(in_parts(whole.clone(), "https://s.example")).await.status(), StatusCode::SEE_OTHER);
    assert!(text_of_last(&server).await.contains("друге & =третє"));
    // What was cut off is missing, and so the form is not complete.
    let cut = whole[..whole.find("Перше").unwrap()].to_owned();
    assert_eq!(sent(in_parts(cut, "https://s.example")).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
