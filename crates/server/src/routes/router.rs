//! The table of contents: every path with every layer around it.

use std::sync::Arc;

use axum::handler::Handler;
use axum::routing::{get, post, put};
use axum::{Extension, Router};
use dumka_api::paths;
use tower::ServiceBuilder;

use super::api::{
    comment, comments, counts, discussed, health, latest, live, openapi, preview, reports, votes,
};
use super::newsroom;
use super::newsroom_app;
use super::pages::failure::{self, FailurePages};
use super::pages::thread_form::FormRates;
use super::pages::{assets, thread};
use crate::app::App;
use crate::demo;
use crate::http::cors::{self, CorsRules};
use crate::http::layers;
use crate::http::middleware::middleware;
use crate::http::rate_limiter::RateLimiter;
use crate::http::request_log::{self, RequestLog};
use crate::http::under_path::under_path;
use crate::http::{etag, host, unread_body};

/// The demo's pages beside the comments: served or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoMode {
    /// Not served.
    Off,
    /// Served, over a discussion that is written once.
    On,
}

/// Builds the whole server as one service.
pub fn router(app: &App, demo: DemoMode) -> Router {
    let log = Arc::new(RequestLog { context: app.context.clone(), metrics: Arc::clone(&app.metrics) });
    let failures = Arc::new(FailurePages::new(app));
    let router = comments_routes(app, demo)
        .merge(asset_routes(app))
        .merge(newsroom::routes(app))
        .merge(newsroom_app::routes(app))
        .merge(operation_routes(app))
        .layer(
            // From the outermost to the innermost; one stack, since each layer of a router's own costs every request a box.
            ServiceBuilder::new()
                .layer(middleware(log, request_log::record))
                .map_response(etag::mark_encoding)
                .map_request(etag::forget_unmet_encodings)
                .layer(etag::compression())
                .layer(middleware((), unread_body::drain_unread))
                .layer(middleware(failures, failure::show_failures))
                .layer(middleware((), host::require)),
        )
        .with_state(app.clone());
    under_path(router, app.public_url.as_ref().map_or("", |url| url.path()))
}

/// Routes the API, the thread's own page and the demo. Handlers that read a body limit it by `BodyLimits`.
fn comments_routes(app: &App, demo: DemoMode) -> Router<App> {
    let limiter = |limit| RateLimiter::new(&app.rates, &app.clients, limit);
    let posts = limiter(|rates| &rates.posts);
    let reads = limiter(|rates| &rates.reads);
    let votes = limiter(|rates| &rates.votes);
    // What a form asks for decides by which of them it is counted.
    let form = Extension(FormRates { posts: posts.clone(), votes: votes.clone(), reads: reads.clone() });
    let cors = Arc::new(CorsRules::new(&app.sites));
    Router::new()
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
        .route(paths::VOTE, put(votes::vote.layer(votes)))
        .route(paths::REPORT, post(reports::report.layer(posts)))
        .route(paths::COUNTS, get(counts::counts.layer(reads.clone())))
        .route(paths::LATEST, get(latest::latest.layer(reads.clone())))
        .route(paths::DISCUSSED, get(discussed::discussed.layer(reads.clone())))
        .route(paths::LIVE, get(live::follow.layer(reads.clone())))
        .route(paths::PREVIEW, post(preview::preview.layer(reads.clone())))
        .route(paths::OPENAPI, get(openapi::serve))
        .route(paths::THREAD, get(thread::show.layer(reads)).post(thread::submit.layer(form)))
        .merge(demo_routes(demo))
        .fallback(layers::not_found)
        .method_not_allowed_fallback(layers::method_not_allowed)
        .layer(
            ServiceBuilder::new()
                .layer(middleware((), layers::secure))
                .layer(middleware(cors, cors::apply))
                .map_response(cors::expose)
                .layer(middleware(app.request_timeout, layers::answer_always)),
        )
}

/// Routes what operators ask for. No page of a site has any business there.
fn operation_routes(app: &App) -> Router<App> {
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .method_not_allowed_fallback(layers::method_not_allowed)
        .layer(
            ServiceBuilder::new()
                .map_response(layers::with_security_headers)
                .layer(middleware(app.request_timeout, layers::answer_always)),
        )
}

/// Routes the widget's files. The loader counts as a read where it brings a thread.
fn asset_routes(app: &App) -> Router<App> {
    let reads = Extension(RateLimiter::new(&app.rates, &app.clients, |rates| &rates.reads));
    Router::new()
        .route("/embed.js", get(assets::loader.layer(reads)))
        .route("/assets/{hash}/{file}", get(assets::asset))
        .method_not_allowed_fallback(layers::method_not_allowed)
        .layer(ServiceBuilder::new().map_response(layers::with_file_headers).layer(cors::any_origin()))
}

fn demo_routes(demo: DemoMode) -> Router<App> {
    match demo {
        DemoMode::Off => Router::new(),
        DemoMode::On => demo::pages(),
    }
}
