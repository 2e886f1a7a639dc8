//! The cookie of readers without scripts: whose it is, and that nobody can plant one.

use reqwest::StatusCode;

use crate::browser::{Browser, FORM, PAGE};
use crate::running::{header, running, running_with};

/// A browser that holds this cookie, wherever it has it from.
fn holding(cookie: &str) -> Browser {
    Browser { cookie: Some(cookie.into()) }
}

#[tokio::test]
async fn cookie_is_kept_from_scripts_and_from_other_hosts() {
    let server = running().await;
    let response = Browser::default().sends(&server, "name=Ann&text=First").await;
    let cookie = header(&response, "set-cookie").to_owned();
    let (token, rules) = cookie.split_once("; ").unwrap();
    assert_eq!(token.strip_prefix("dumka-reader=").map(str::len), Some(87), "{cookie}");
    for rule in ["HttpOnly", "SameSite=Lax", "Max-Age=34560000"] {
        assert!(rules.split("; ").any(|it| it == rule), "{cookie}");
    }
    // Without a path it is for the folder of the thread's page, under whatever path a proxy has put that.
    assert!(["Secure", "Domain", "Path"].iter().all(|rule| !rules.contains(rule)), "{cookie}");

    let secure = running_with(|settings| settings.public_url = Some("https://c.example/dumka".into())).await;
    let response = Browser::default().sends(&secure, "name=Ann&text=First").await;
    let cookie = header(&response, "set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-dumka-reader="), "{cookie}");
    for rule in ["Secure", "SameSite=None", "Path=/", "HttpOnly"] {
        assert!(cookie.split("; ").any(|it| it == rule), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn cookie_that_the_server_did_not_make_is_replaced() {
    let server = running().await;
    let mut ann = Browser::default();
    ann.writes(&server, "First").await;
    let good = ann.cookie.unwrap();
    let (token, signature) = good.rsplit_once('.').unwrap();
    let planted = [
        "dumka-reader=0123456789abcdef0123456789abcdef0123456789a".to_owned(),
        token.to_owned(),
        format!("{token}."),
        format!("{token}.{}", signature.chars().rev().collect::<String>()),
        format!("{}x.{signature}", &token[..token.len() - 1]),
    ];
    for (number, planted) in planted.into_iter().enumerate() {
        let mut ben = holding(&planted);
        let id = ben.writes(&server, &format!("Number {number}")).await;
        let given = ben.cookie.clone().unwrap();
        assert_ne!(given, planted);
        assert!(ben.sees(&server, "").await.contains(&format!("&amp;edit={id}#form\"")), "{planted}");
        let refused = holding(&planted).sends(&server, &format!("delete={id}")).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{planted}");
    }
    let mut ann = holding(&good);
    ann.is_led(&server, "name=Ann&text=Second").await;
    assert_eq!(ann.cookie.as_deref(), Some(good.as_str()), "one that it made is kept");
}

#[tokio::test]
async fn where_browsers_speak_https_a_cookie_that_http_can_set_is_not_looked_at() {
    let secure = running_with(|settings| settings.public_url = Some("https://c.example".into())).await;
    let mut eve = Browser::default();
    eve.writes(&secure, "Of Eve").await;
    let hers = eve.cookie.unwrap();
    // Her own token, signed as it is, under the name that a neighbouring host can plant.
    let planted = hers.replace("__Host-", "");
    let mut ann = holding(&planted);
    let id = ann.writes(&secure, "Of Ann").await;
    assert_ne!(ann.cookie.as_deref(), Some(planted.as_str()));
    assert_eq!(holding(&hers).sends(&secure, &format!("delete={id}")).await.status(), StatusCode::FORBIDDEN);
    ann.is_led(&secure, &format!("delete={id}")).await;
}

#[tokio::test]
async fn page_that_is_known_to_be_secure_by_its_origin_alone_has_the_secure_cookie() {
    let sites = |settings: &mut dumka_server::config::Settings| {
        settings.sites = vec![crate::running::site("s", "https://s.example")];
    };
    let server = running_with(sites).await;
    let request = server.request("POST", PAGE).header("origin", "https://s.example");
    let request = request.header("content-type", FORM).body("name=Ann&text=First");
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let response = client.execute(request.build().unwrap()).await.unwrap();
    assert!(header(&response, "set-cookie").starts_with("__Host-dumka-reader="), "{response:?}");
}
