//! All stories, one program: it is linked once, and no story waits until those of another file have ended.

mod accessibility;
mod between_pages;
mod clobbered;
mod clock;
mod controls;
mod counts;
mod crash;
mod deep_thread;
mod discussed;
mod dom_replaced;
mod dom_replaced_early;
mod early_acts;
mod early_places;
mod embedding_tag;
mod engines;
mod failures;
mod focus;
mod folds;
mod gallery;
mod host_dark;
mod host_elements;
mod host_keys;
mod host_links;
mod host_markup;
mod host_pages;
mod host_routes;
mod host_scripts;
mod hydration;
mod kept;
mod keyboard;
mod languages;
mod latest;
mod leaks;
mod line_is_back;
mod list_fails;
mod live;
mod live_held_back;
mod live_regions;
mod live_shared;
mod long_thread;
mod meddled;
mod minimal_endpoint;
mod moderation;
mod newsroom_accessibility;
mod newsroom_line;
mod newsroom_moderation;
mod newsroom_page;
mod newsroom_roles;
mod newsroom_sign_in;
mod newsroom_thumb;
mod newsroom_two;
mod no_origin;
mod no_wasm;
mod no_wasm_actions;
mod old_pages;
mod outline;
mod own_comments;
mod page_identity;
mod page_swaps;
mod permalink;
mod plain_dom;
mod prerendered;
mod printing;
mod reader;
mod relative_times;
mod reports;
mod restart;
mod restart_other;
mod single_page;
mod site_phrases;
mod sort;
mod ssr_parity;
mod steered;
mod stylesheet;
mod styling;
mod theme;
mod thread_page;
mod translated;
mod two_readers;
mod two_widgets;
mod typed_text;
mod under_path;
mod upgrade;
mod xss;
mod zoom;

use std::collections::BTreeSet;

/// A file that is not named above would be left out without a word.
#[test]
fn every_file_of_stories_is_named_here() -> anyhow::Result<()> {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"))?;
    let files = folder.map(|entry| Ok(entry?.file_name().into_string().unwrap_or_default()));
    let mut files = files.collect::<anyhow::Result<BTreeSet<_>>>()?;
    assert!(files.remove("main.rs"), "this file stands beside them");
    let named =
        include_str!("main.rs").lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
    assert_eq!(named.map(|name| format!("{name}.rs")).collect::<BTreeSet<_>>(), files);
    Ok(())
}
