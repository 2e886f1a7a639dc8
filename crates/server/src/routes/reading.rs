//! Threads on their way out: as JSON, as a fragment, as a script, as a page; ready where they are still true.

use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY, REFERRER_POLICY, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use dumka_api::{Feature, Listing, Thread, ThreadState, paths};
use url::form_urlencoded::Serializer;

use super::query::Query;
use super::tagged;
use crate::app::App;
use crate::assets::Asset;
use crate::commands::SubmitPolicy;
use crate::domain::comment::StoredComment;
use crate::domain::submission::check_thread;
use crate::domain::thread::{StoredThread, ThreadKey};
use crate::problem::Failure;
use crate::ready::{Asked, Encoded, Form, Made};
use crate::render::{self, CONTENT_POLICY, Frame, Lang, OpenForm, Outcome, Scene, Sheet, Style};
use crate::sites::Look;
use crate::storage::{ListQuery, Page};

pub(super) const JSON: &str = "application/json; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The loader with a place for a thread.
pub(super) const READY_LOADER: &str = "assets/embed.ready.js";
const STYLE_SHEET: &str = "assets/widget.css";

/// The thread that a query names.
pub(super) fn asked_thread(query: &Query) -> Result<ThreadKey, Failure> {
    let (site, page) = (query.one("site")?, query.one("page")?);
    Ok(check_thread(site.unwrap_or_default(), page.unwrap_or_default())?)
}

/// The language of ready HTML: the one asked for, else the site's, else the browser's, else English.
pub(super) fn lang(app: &App, site: &str, query: &Query, headers: &HeaderMap) -> Result<Lang, Failure> {
    let liked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let of_site = app.sites.look(site).lang;
    let asked = query.one("lang")?.and_then(Lang::from_tag);
    let lang = asked.or_else(|| Lang::from_tag(&of_site?)).or_else(|| Lang::preferred(liked?));
    Ok(lang.unwrap_or_else(Lang::english))
}

/// Answers with the thread, which everybody gets alike.
pub(super) async fn answer(
    app: &App,
    policy: &SubmitPolicy,
    asked: &Asked,
    request: &HeaderMap,
) -> Result<Response, Failure> {
    let make = |page| make(app, policy, asked, page);
    let encoded = app.shelf.answer(&app.context, asked, make).await?;
    let mut response = tagged::ready(request, &encoded);
    if asked.form != Form::Json {
        response.headers_mut().append(VARY, HeaderValue::from_static("accept-language"));
    }
    if let Form::Page(..) = asked.form {
        guard_page(&mut response);
    }
    Ok(response)
}

/// The page's own rules instead of those of answers for programs.
pub(super) fn guard_page(response: &mut Response) {
    let policy = HeaderValue::from_static(&CONTENT_POLICY);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    // With `no-referrer` a browser would name no origin when it sends the form.
    response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
}

async fn make(app: &App, policy: &SubmitPolicy, asked: &Asked, page: Page) -> Made {
    let opened_at = page.thread.opened_at;
    let listing = listing(app, policy, &asked.query.thread, page);
    let is_open = listing.thread.state == ThreadState::Open;
    let until = opened_at.filter(|_| is_open).and_then(|opened| policy.closes(opened));
    let (content_type, bytes) = match asked.form {
        Form::Json => (JSON, serde_json::to_vec(&listing).expect("wire types have string keys only")),
        Form::Fragment(lang, style, heading_level) => {
            let scene = Scene { heading_level, ..scene(app, &asked.query, lang, listing) };
            (HTML, render::fragment(scene, sheet(app, style)).await.into_bytes())
        }
        Form::Script(lang, heading_level) => {
            let scene = Scene { heading_level, ..scene(app, &asked.query, lang, listing) };
            let text = |name| app.widget.find(name).map(Asset::text).unwrap_or_default();
            (SCRIPT, render::script(scene, &text(READY_LOADER), &text(STYLE_SHEET)).await.into_bytes())
        }
        Form::Page(lang, outcome) => {
            let scene = Scene { outcome, ..scene(app, &asked.query, lang, listing) };
            (HTML, framed(app, scene).await.into_bytes())
        }
    };
    // A megabyte takes long enough to hold up everybody else on this thread of the runtime.
    let compressed = tokio::task::spawn_blocking(move || Encoded::new(content_type, bytes));
    Made { encoded: compressed.await.expect("compressing in memory does not fail"), until }
}

/// The thread's page with a form that is open.
pub(super) async fn page_with_form(
    app: &App,
    policy: &SubmitPolicy,
    (query, lang): (&ListQuery, Lang),
    form: OpenForm,
) -> String {
    // Whatever befell the store, the reader's words come back.
    let page = app.context.store.list(query).await.unwrap_or_else(|_| Page::default());
    let listing = listing(app, policy, &query.thread, page);
    framed(app, Scene { form: Some(form), ..scene(app, query, lang, listing) }).await
}

async fn framed(app: &App, scene: Scene) -> String {
    let thread = &scene.listing.thread;
    let article = thread.url.clone();
    render::page(scene, Frame { style_sheet: style_sheet(app, ""), article }).await
}

/// The style of a fragment, if this program has a style sheet.
fn sheet(app: &App, style: Style) -> Option<Sheet> {
    match style {
        Style::Linked => style_sheet(app, server(app)).map(Sheet::At),
        Style::Inline => app.widget.find(STYLE_SHEET).map(|asset| Sheet::Text(asset.text().into_owned())),
    }
}

/// Where the style sheet is, if this program has one.
fn style_sheet(app: &App, server: &str) -> Option<String> {
    let address = |_| format!("{server}/assets/{}/widget.css", app.widget.hash);
    app.widget.find(STYLE_SHEET).map(address)
}

/// Where browsers reach this server; nothing where that is not known.
fn server(app: &App) -> &str {
    app.public_url.as_deref().unwrap_or_default()
}

fn scene(app: &App, query: &ListQuery, lang: Lang, listing: Listing) -> Scene {
    let Look { words, zone, .. } = app.sites.look(&query.thread.site);
    Scene {
        words,
        zone,
        address: address(server(app), query, lang),
        heading_level: None,
        sort: query.sort,
        limit: query.extent.roots,
        outcome: None::<Outcome>,
        form: None,
        listing,
        lang,
    }
}

/// Where the thread has a page of its own.
pub(super) fn address(server: &str, query: &ListQuery, lang: Lang) -> String {
    let start = format!("{server}{}?", paths::THREAD);
    let from = start.len();
    let mut pairs = Serializer::for_suffix(start, from);
    pairs.append_pair("site", &query.thread.site).append_pair("page", &query.thread.page);
    pairs.append_pair("lang", lang.as_str()).append_pair("sort", query.sort.as_str());
    pairs.finish()
}

fn listing(app: &App, policy: &SubmitPolicy, key: &ThreadKey, page: Page) -> Listing {
    let StoredThread { title, url, total, opened_at, revision } = page.thread;
    let closes_before = policy.closes_threads_opened_before(app.context.clock.now());
    let is_closed = opened_at.zip(closes_before).is_some_and(|(opened, before)| opened < before);
    let state = if is_closed { ThreadState::Closed } else { ThreadState::Open };
    let edit = policy.lets_authors_edit().then_some(Feature::Edit);
    let live = app.live.is_on().then_some(Feature::Live);
    let always = [Feature::Reply, Feature::Preview, Feature::Vote, Feature::Report];
    let features = always.into_iter().chain(edit).chain(live).collect();
    let event = revision.map(|revision| revision.to_string());
    let (site, page_id) = (key.site.clone(), key.page.clone());
    let url = url.filter(|address| app.sites.has_page(&site, address));
    Listing {
        thread: Thread { site, page: page_id, title, url, total, state, features, event },
        comments: page.comments.into_iter().map(StoredComment::for_everybody).collect(),
        next: page.next.map(|cursor| cursor.to_string()),
        earlier: page.earlier,
    }
}
