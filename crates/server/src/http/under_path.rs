//! Serves under a path of another origin, where the proxy in front leaves that path in its requests.

use axum::Router;
use axum::extract::Request;
use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use tower::Layer;
use tower::util::MapRequestLayer;

/// Serves the routes at `path` as well; an empty path changes nothing.
pub(crate) fn under_path(router: Router, path: &str) -> Router {
    if path.is_empty() {
        return router;
    }
    let path = path.to_owned();
    let strip = MapRequestLayer::new(move |mut request: Request| {
        if let Some(uri) = stripped(request.uri(), &path) {
            *request.uri_mut() = uri;
        }
        request
    });
    // Routes are found by what is left, so that this stands before them all.
    Router::new().fallback_service(strip.layer(router))
}

/// Strips the path from an address that begins with it.
fn stripped(uri: &Uri, path: &str) -> Option<Uri> {
    let rest = uri.path_and_query()?.as_str().strip_prefix(path)?;
    let rest: PathAndQuery = match rest.as_bytes().first() {
        Some(b'/') => rest.parse().ok()?,
        None | Some(b'?') => format!("/{rest}").parse().ok()?,
        Some(_) => return None,
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(rest);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_is_taken_away_where_it_stands_whole() {
        let stripped = |uri: &str| stripped(&uri.parse().unwrap(), "/dumka").map(|uri| uri.to_string());
        assert_eq!(stripped("/dumka/thread?site=a").as_deref(), Some("/thread?site=a"));
        assert_eq!(stripped("/dumka").as_deref(), Some("/"));
        assert_eq!(stripped("/dumka?a").as_deref(), Some("/?a"));
        assert_eq!(
            stripped("http://news.example/dumka/thread").as_deref(),
            Some("http://news.example/thread")
        );
        for other in ["/dumkanews", "/thread", "/news/dumka/thread", "*"] {
            assert_eq!(stripped(other), None, "{other}");
        }
    }
}
