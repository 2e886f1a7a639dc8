//! The server over real HTTP, on a port of its own and a SQLite file of its own; a file per URL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic anywhere")]

mod article_links;
mod assets;
mod browser;
mod comment;
mod comment_tokens;
mod comments_html;
mod comments_list;
mod comments_post;
mod config;
mod cors;
mod counts;
mod deep_threads;
mod demo;
mod embed_ready;
mod embed_script;
mod environment;
mod event_stream;
mod failure_pages;
mod health;
mod latest;
mod limits;
mod live;
mod live_pages;
mod live_streams;
mod long_threads;
mod openapi;
mod page_ids;
mod personal_page;
mod preview;
mod queries;
mod raw_http;
mod reader_cookie;
mod reports;
mod request_bodies;
mod running;
mod site_ids;
mod slow_clients;
mod start_refused;
mod store_failures;
mod thread;
mod thread_forms;
mod thread_names;
mod under_path;
mod votes;
