//! Builds thread responses: JSON, fragment, script, page. A cached one is sent while it is fresh.

use std::sync::Arc;

use axum::extract::FromRef;
use axum::http::HeaderValue;
use axum::http::header::VARY;
use axum::response::Response;
use dumka_api::{Feature, Listing, Thread};
use tokio::sync::OnceCell;

use crate::app::App;
use crate::assets::{Asset, Widget};
use crate::cache::{CacheKey, CachedResponse, Encoded, Envelope, Rendered, Representation, ResponseCache};
use crate::commands::{Context, SitePolicy};
use crate::domain::comment::StoredComment;
use crate::domain::thread::{StoredThread, ThreadKey};
use crate::domain::thread_head::ThreadHead;
use crate::http::etag;
use crate::http::problem::ApiError;
use crate::live::Live;
use crate::public_url::PublicUrl;
use crate::render::{self, Lang, Mode, PageFrame, StyleMode, StyleSource, ThreadView};
use crate::routes::negotiation::Negotiation;
use crate::routes::page_body::{HTML, JSON, PageBody, set_page_policy};
use crate::routes::thread_url::{article, thread_url};
use crate::sites::{SiteLocale, Sites};
use crate::storage::{ListQuery, Page};

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The server's root, relative to its pages and its script, and relative to the collection.
pub(crate) const FROM_PAGE: &str = ".";
const FROM_COLLECTION: &str = "../..";

/// The loader with a place for a thread.
pub(crate) const READY_LOADER: &str = "assets/embed.ready.js";
/// The whole style, and the part of it with which the loader begins.
const STYLE_SHEET: &str = "assets/widget.css";
const READING_STYLE_SHEET: &str = "assets/reading.css";

/// Builds the responses that show a thread. A clone shares the cache.
#[derive(Clone)]
pub(crate) struct ThreadResponses {
    /// The context of commands.
    pub(crate) context: Context,
    /// The sites served.
    pub(crate) sites: Arc<Sites>,
    /// The widget's files.
    pub(crate) widget: &'static Widget,
    cache: Arc<ResponseCache>,
    script_envelope: Arc<OnceCell<Arc<Envelope>>>,
    live: Arc<Live>,
    public_url: Option<Arc<PublicUrl>>,
}

impl FromRef<App> for ThreadResponses {
    fn from_ref(app: &App) -> Self {
        Self {
            context: app.context.clone(),
            sites: Arc::clone(&app.sites),
            widget: app.widget,
            cache: Arc::clone(&app.threads),
            script_envelope: Arc::clone(&app.script_envelope),
            live: Arc::clone(&app.live),
            public_url: app.public_url.clone(),
        }
    }
}

impl ThreadResponses {
    /// Answers with the thread, which everybody gets alike.
    pub(crate) async fn respond(
        &self,
        policy: &SitePolicy,
        key: &CacheKey,
        request: Negotiation<'_>,
    ) -> Result<Response, ApiError> {
        let CachedResponse { encoded, .. } = self.cached(policy, key).await?;
        let mut response = encoded.response_to(request.headers).await;
        let vary = HeaderValue::from_static(request.vary(&key.representation));
        response.headers_mut().insert(VARY, vary);
        if key.representation == Representation::Json {
            etag::expose_date(&mut response);
        }
        if let Representation::Page(..) = key.representation {
            set_page_policy(&mut response);
        }
        Ok(response)
    }

    /// Returns the response from the cache, where it is built if it is missing or stale.
    pub(crate) async fn cached(
        &self,
        policy: &SitePolicy,
        key: &CacheKey,
    ) -> Result<CachedResponse, ApiError> {
        Ok(self.cache.get_or_render(&self.context, key, |page| self.build(policy, key, page)).await?)
    }

    async fn build(&self, policy: &SitePolicy, key: &CacheKey, page: Page) -> Rendered {
        let expires_at = self.head(policy, &page.thread).true_until;
        let shown = page.comments.iter().map(|comment| comment.id).collect();
        let listing = self.listing(policy, &key.query.thread, page);
        let encoded = match &key.representation {
            Representation::Json => {
                let json = serde_json::to_vec(&listing).expect("wire types have string keys only");
                Encoded::new(JSON, json)
            }
            &Representation::Fragment(lang, style, heading_level, ref links) => {
                let article = article(links, &listing.thread);
                let address = thread_url(self.server(FROM_COLLECTION), &key.query, lang);
                let view = self.view(&key.query, lang, listing);
                let view = ThreadView { heading_level, address, article, mode: Mode::Either, ..view };
                Encoded::new(HTML, render::fragment(view, self.sheet(style)).await.into_bytes())
            }
            &Representation::Tree(lang, heading_level) => {
                let address = thread_url(self.server(FROM_COLLECTION), &key.query, lang);
                let view = ThreadView { heading_level, address, ..self.view(&key.query, lang, listing) };
                Encoded::new(JSON, render::tree(view).await.into_bytes())
            }
            &Representation::Script(lang, heading_level) => {
                let address = thread_url(self.server(FROM_PAGE), &key.query, lang);
                let view = ThreadView { heading_level, address, ..self.view(&key.query, lang, listing) };
                let thread = key.spelled.as_ref().unwrap_or(&key.query.thread);
                let script = render::script(view, thread).await;
                Encoded::enveloped(SCRIPT, self.script_envelope().await, script.as_bytes())
            }
            &Representation::Page(lang, mode, announcement) => {
                let view = ThreadView { announcement, mode, ..self.view(&key.query, lang, listing) };
                let PageBody { content_type, text } = self.page(view).await;
                Encoded::new(content_type, text.into_bytes())
            }
        };
        Rendered { encoded, expires_at, shown }
    }

    /// Returns what stands around every thread in a script, compressed for the first one.
    async fn script_envelope(&self) -> Arc<Envelope> {
        let widget = self.widget;
        let make = move || {
            let text = |name| widget.find(name).map(Asset::text).unwrap_or_default();
            let (before, after) = render::script_envelope(&text(READY_LOADER), &text(READING_STYLE_SHEET));
            Arc::new(Envelope::new(&before, &after))
        };
        let envelope = self.script_envelope.get_or_init(async || {
            tokio::task::spawn_blocking(make).await.expect("compressing in memory does not fail")
        });
        Arc::clone(envelope.await)
    }

    /// Renders a whole page, of which a script gets the thread.
    pub(crate) async fn page(&self, view: ThreadView) -> PageBody {
        if view.mode == Mode::Script {
            return PageBody::tree(view).await;
        }
        let article = view.listing.thread.url.clone();
        let frame = PageFrame { style_sheet: self.style_sheet(FROM_PAGE), article };
        PageBody::html(render::page(view, frame).await)
    }

    /// Returns the style of a fragment, if this program has a style sheet.
    fn sheet(&self, style: StyleMode) -> Option<StyleSource> {
        match style {
            StyleMode::Linked => self.style_sheet(self.server(FROM_COLLECTION)).map(StyleSource::Url),
            StyleMode::Inline => {
                self.widget.find(STYLE_SHEET).map(|asset| StyleSource::Text(asset.text().into_owned()))
            }
        }
    }

    /// Returns the address of the style sheet, if this program has one.
    fn style_sheet(&self, server: &str) -> Option<String> {
        let address = |_| format!("{server}/assets/{}/widget.css", self.widget.hash);
        self.widget.find(STYLE_SHEET).map(address)
    }

    /// Returns the address at which browsers reach this server. Where it is not configured, that is relative to the
    /// response itself, which holds under whatever path a proxy has put it.
    fn server<'a>(&'a self, relative: &'a str) -> &'a str {
        self.public_url.as_ref().map_or(relative, |url| url.as_str())
    }

    /// Describes a thread to the renderer.
    pub(crate) fn view(&self, query: &ListQuery, lang: Lang, listing: Listing) -> ThreadView {
        let SiteLocale { phrases, zone, .. } = self.sites.locale(&query.thread.site);
        ThreadView {
            phrases,
            zone,
            // A page leads to itself by whichever name it was reached.
            address: thread_url(FROM_PAGE, query, lang),
            heading_level: None,
            sort: query.sort,
            limit: query.limits.top_level,
            announcement: None,
            form_response: None,
            mode: Mode::Script,
            article: None,
            session: None,
            submitted: None,
            listing,
            lang,
        }
    }

    /// Returns the head of a thread at present.
    fn head(&self, policy: &SitePolicy, thread: &StoredThread) -> ThreadHead {
        ThreadHead::at(self.context.clock.now(), thread, policy)
    }

    /// Describes a thread on the wire.
    pub(crate) fn listing(&self, policy: &SitePolicy, thread: &ThreadKey, page: Page) -> Listing {
        let ThreadHead { state, notice, slow_secs, .. } = self.head(policy, &page.thread);
        let StoredThread { title, url, total, revision, has_featured, .. } = page.thread;
        let edit = policy.lets_authors_edit().then_some(Feature::Edit);
        let live = self.live.is_on().then_some(Feature::Live);
        let always = [Feature::Reply, Feature::Preview, Feature::Vote, Feature::Report];
        let has_marks = has_featured.then_some(Feature::Featured);
        let features = always.into_iter().chain(edit).chain(live).chain(has_marks).collect();
        let event = revision.map(|revision| revision.to_string());
        let (site, page_id) = (thread.site.clone(), thread.page.clone());
        let url = url.filter(|address| self.sites.has_page(&site, address));
        Listing {
            thread: Thread {
                site,
                page: page_id,
                title,
                url,
                total,
                state,
                notice,
                slow_secs,
                features,
                event,
            },
            comments: page.comments.into_iter().map(StoredComment::for_everybody).collect(),
            next: page.next.map(|cursor| cursor.to_string()),
            earlier: page.earlier,
        }
    }
}
