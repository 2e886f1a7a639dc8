//! A browser without scripts.

use reqwest::{RequestBuilder, Response, StatusCode};

use crate::running::{Running, header};

pub const FORM: &str = "application/x-www-form-urlencoded";
pub const PAGE: &str = "/thread?site=s&page=p&lang=en&sort=oldest";

/// A browser without scripts: a cookie, once it has one.
#[derive(Default)]
pub struct Browser {
    pub cookie: Option<String>,
}

impl Browser {
    pub fn asks(&self, request: RequestBuilder) -> RequestBuilder {
        let cookie = self.cookie.iter().map(String::as_str);
        // Sites that share a name with the server have cookies of their own.
        request.header("cookie", ["theme=dark"].into_iter().chain(cookie).collect::<Vec<_>>().join("; "))
    }

    pub async fn sees(&self, server: &Running, query: &str) -> String {
        let response = self.asks(server.get(&format!("{PAGE}{query}"))).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, "set-cookie"), "", "reading leaves nothing");
        let varies = header(&response, "vary").contains("cookie");
        let is_known = self.cookie.is_some();
        let is_for_one = header(&response, "cache-control") == "no-store, no-transform";
        assert_eq!(is_for_one, is_known || query.contains("&edit="));
        assert!(varies || is_for_one, "what is kept is kept for those alone who have not acted");
        response.text().await.unwrap()
    }

    /// Sends a form, follows nothing, and keeps what it is given.
    pub async fn sends(&mut self, server: &Running, body: &str) -> Response {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let request = self.asks(server.request("POST", PAGE));
        let request = request.header("content-type", FORM);
        let response = client.execute(request.body(body.to_owned()).build().unwrap()).await.unwrap();
        let given = header(&response, "set-cookie").split(';').next().unwrap_or_default();
        if !given.is_empty() {
            self.cookie = Some(given.into());
        }
        response
    }

    /// Sends a form that is taken, and answers where it leads.
    pub async fn is_led(&mut self, server: &Running, body: &str) -> String {
        let response = self.sends(server, body).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{body}");
        header(&response, "location").to_owned()
    }

    /// Writes a comment; its id.
    pub async fn writes(&mut self, server: &Running, text: &str) -> String {
        let place = self.is_led(server, &format!("name=Ann&email=&text={text}")).await;
        place.split_once("#comment-").unwrap().1.into()
    }
}
