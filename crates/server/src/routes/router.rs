//! Every path the server knows.

use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{get, post, put};
use dumka_api::paths;
use tower_http::catch_panic::CatchPanicLayer;

use super::cross_origin::CrossOrigin;
use super::under_path::under_path;
use super::{
    comment, comments, counts, cross_origin, failure_page, guard, health, host, latest, live, observe,
    openapi, preview, reports, tagged, thread, unread_body, vote, widget,
};
use crate::app::{App, Extras};
use crate::demo;
use crate::public_url::PublicUrl;

/// The whole server as one service.
pub fn router(app: Arc<App>) -> Router {
    let reads = from_fn_with_state(Arc::clone(&app), guard::count_read);
    let posts = from_fn_with_state(Arc::clone(&app), guard::count_post);
    let votes = from_fn_with_state(Arc::clone(&app), guard::count_vote);

    let cross_origin = from_fn_with_state(CrossOrigin::new(&app), cross_origin::answer);

    let api = Router::new()
        .route(
            paths::COMMENTS,
            get(comments::list.layer(reads.clone())).post(comments::submit.layer(posts.clone())),
        )
        .route(
            paths::COMMENT,
            get(comment::show.layer(reads.clone()))
                .patch(comment::edit.layer(posts.clone()))
                .delete(comment::delete.layer(posts.clone())),
        )
        .route(paths::VOTE, put(vote::vote.layer(votes)))
        .route(paths::REPORT, post(reports::report.layer(posts)))
        .route(paths::THREAD, get(thread::show.layer(reads.clone())).post(thread::submit))
        .route(paths::COUNTS, get(counts::counts.layer(reads.clone())))
        .route(paths::LATEST, get(latest::latest.layer(reads.clone())))
        .route(paths::LIVE, get(live::follow.layer(reads.clone())))
        .route(paths::PREVIEW, post(preview::preview.layer(reads)))
        .route(paths::OPENAPI, get(openapi::serve))
        .merge(extra_pages(app.extras))
        .fallback(guard::nothing_here)
        .method_not_allowed_fallback(guard::wrong_method)
        .layer(from_fn_with_state(Arc::clone(&app), guard::answer_in_time))
        .layer(CatchPanicLayer::custom(guard::answer_panic))
        .layer(map_response(cross_origin::expose))
        .layer(cross_origin)
        .layer(from_fn(guard::add_security_headers));

    // No page of a site has any business there.
    let operation = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .method_not_allowed_fallback(guard::wrong_method)
        .layer(from_fn_with_state(Arc::clone(&app), guard::answer_in_time))
        .layer(CatchPanicLayer::custom(guard::answer_panic))
        .layer(from_fn(guard::add_security_headers));

    let files = Router::new()
        .route("/embed.js", get(widget::loader))
        .route("/assets/{hash}/{file}", get(widget::asset))
        .method_not_allowed_fallback(guard::wrong_method)
        .layer(cross_origin::of_anybody())
        .layer(from_fn(guard::add_file_headers));

    let path = app.public_url.as_ref().map_or("", PublicUrl::path).to_owned();
    let router = api
        .merge(files)
        .merge(operation)
        .layer(from_fn(host::require))
        .layer(from_fn_with_state(Arc::clone(&app), failure_page::answer))
        .layer(from_fn(unread_body::settle))
        .layer(tagged::compression())
        .layer(from_fn(tagged::mark_encoding))
        .layer(from_fn_with_state(Arc::clone(&app), observe::observe))
        .with_state(app);
    under_path(router, &path)
}

fn extra_pages(extras: Extras) -> Router<Arc<App>> {
    match extras {
        Extras::None => Router::new(),
        Extras::Demo => demo::pages(),
    }
}
