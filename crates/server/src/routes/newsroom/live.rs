//! The newsroom's stream of server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{FromRef, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use dumka_api::newsroom::{CommentChanged, LiveHello, SiteCounters, paths};
use dumka_api::site;
use futures_util::{Stream, stream};
use serde::Serialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout_at};

use super::comment_wire::{comment, decision};
use super::comments::CountersParams;
use crate::app::App;
use crate::auth::{AuthState, Caller};
use crate::commands::{count_queues, sites_with};
use crate::domain::staff::Right;
use crate::http::problem::ApiError;
use crate::http::problem::responses::{NewsroomNotFound, NewsroomRefused, RateLimited, StoreUnavailable};
use crate::http::query::Query;
use crate::live::{NewsroomLive, NewsroomNews};

/// Seconds after which it is looked whether the caller may still see what is told, and a sign of life is sent.
const CHECK_SECS: u64 = 15;

/// The state of this route.
#[derive(Clone)]
pub(crate) struct LiveState {
    auth: AuthState,
    live: Arc<NewsroomLive>,
}

impl FromRef<App> for LiveState {
    fn from_ref(app: &App) -> Self {
        Self { auth: AuthState::from_ref(app), live: Arc::clone(&app.newsroom_live) }
    }
}

impl FromRef<LiveState> for AuthState {
    fn from_ref(state: &LiveState) -> Self {
        state.auth.clone()
    }
}

/// Tells, on the sites that the caller sees, the counters of the queues and the comments that came or were changed or
/// decided on, until the client leaves or the caller may see it no more. Who comes back asks for the lists again.
#[utoipa::path(
    get,
    path = paths::LIVE,
    tag = "newsroom",
    params(CountersParams),
    security(("staff_session" = []), ("api_key" = [])),
    responses(
        (status = 200, description = "Events `counters` (at the beginning, too) and `comment`; a comment line every 15 s",
            content((LiveHello = "text/event-stream"), (CommentChanged = "text/event-stream"))),
        NewsroomRefused, NewsroomNotFound, RateLimited, StoreUnavailable,
    )
)]
pub(crate) async fn follow(
    State(state): State<LiveState>,
    caller: Caller,
    headers: HeaderMap,
    Query(params): Query<CountersParams>,
) -> Result<Response, ApiError> {
    let context = state.auth.context.clone();
    let site = params.site()?.map(site::canonical);
    let news = state.live.follow(&context);
    let sites = sites_with(&*context.store, &caller.actor(), Right::Read, site.as_deref()).await?;
    let counted = count_queues(&*context.store, sites).await?;
    let following = Following { state, caller, headers, site, news, check_at: next_check() };
    let first = following.counters(counted);
    let later = stream::unfold(following, Following::next);
    let events =
        stream::StreamExt::chain(stream::iter([Ok(first)]), stream::StreamExt::flat_map(later, stream::iter));
    Ok(answer(events))
}

fn answer(events: impl Stream<Item = Result<Event, Infallible>> + Send + 'static) -> Response {
    // Proxies that know this header hand on every event at once.
    ([("x-accel-buffering", "no")], Sse::new(events)).into_response()
}

fn next_check() -> Instant {
    Instant::now() + Duration::from_secs(CHECK_SECS)
}

/// A client that follows.
struct Following {
    state: LiveState,
    caller: Caller,
    headers: HeaderMap,
    /// The only site that is told of.
    site: Option<String>,
    news: Receiver<Arc<NewsroomNews>>,
    check_at: Instant,
}

impl Following {
    /// Waits for news, and returns them as events; none at the end.
    async fn next(mut self) -> Option<(Vec<Result<Event, Infallible>>, Self)> {
        let mut stopped = self.state.live.stopped();
        loop {
            let received = tokio::select! {
                received = timeout_at(self.check_at, self.news.recv()) => received,
                _ = stopped.wait_for(|stopped| *stopped) => return None,
            };
            match received {
                Ok(Ok(news)) => {
                    let events = self.events(&news);
                    return Some((events, self));
                }
                // The counters of the next news are the present ones; the lists are asked for again by who looks at them.
                Ok(Err(RecvError::Lagged(_))) => {}
                Ok(Err(RecvError::Closed)) => return None,
                Err(_) => {
                    self.caller = Caller::of(&self.state.auth, &self.headers).await.ok()?;
                    self.check_at = next_check();
                    // A comment line tells proxies that the line is alive.
                    return Some((vec![Ok(Event::default().comment(""))], self));
                }
            }
        }
    }

    fn sees(&self, site: &str) -> bool {
        let is_asked_for = self.site.as_deref().is_none_or(|only| only == site);
        is_asked_for && self.caller.actor().may(Right::Read, site)
    }

    fn events(&self, news: &NewsroomNews) -> Vec<Result<Event, Infallible>> {
        let actor = self.caller.actor();
        let changed = news.comments.iter().filter(|(record, _)| self.sees(&record.thread.site));
        let changed = changed.map(|(record, last)| {
            let (comment, decision) = (comment(record.clone(), &actor), decision(last.clone(), &actor));
            Ok(event("comment", &CommentChanged { comment, decision }))
        });
        let seen = news.sites.iter().filter(|counted| self.sees(&counted.site)).cloned().collect();
        changed.chain([Ok(self.counters(seen))]).collect()
    }

    fn counters(&self, sites: Vec<SiteCounters>) -> Event {
        let server_time = self.state.auth.context.clock.now().into();
        event("counters", &LiveHello { sites, server_time })
    }
}

fn event(name: &str, data: &impl Serialize) -> Event {
    let json = serde_json::to_string(data).expect("the newsroom's wire has string keys only");
    Event::default().event(name).data(json)
}
