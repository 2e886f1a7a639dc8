//! The walls of the house as a table: where, which words, why.

/// A folder that must be free of certain words.
pub(super) struct Wall {
    /// The name for an exception: `// tidy: <name>: <reason>`.
    pub(super) name: &'static str,
    /// Paths from the root that the wall stands around.
    pub(super) inside: &'static [&'static str],
    /// Paths inside that it does not hold for.
    pub(super) except: &'static [&'static str],
    /// Names of crates, modules or functions; a trailing `::` asks for a path through it.
    pub(super) never: &'static [&'static str],
    /// Said to whoever runs into it.
    pub(super) because: &'static str,
}

/// The longest file; what does not fit is usually two things.
pub(super) const MAX_LINES: usize = 250;

/// Words that are absent from every text file. In pieces, so that this file is no exception.
pub(super) const NOWHERE: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/tm", "p/"),
];

const CLOCKS: &[&str] = &["SystemTime", "now_utc", "Utc::now", "Timestamp::now", "Zoned::now", "now_v7"];

const RAW_HTML: &[&str] = &[
    "from_html_unchecked",
    "inner_html",
    "set_inner_html",
    "outer_html",
    "insert_adjacent_html",
    "document_write",
];

/// Every wall that cargo and clippy do not already guard.
pub(super) const WALLS: &[Wall] = &[
    Wall {
        name: "state-is-pure",
        inside: &["src/state"],
        except: &[],
        never: &["web_sys", "js_sys", "gloo_net", "gloo_timers", "wasm_bindgen", "client::", "view::"],
        because: "the widget's state is tested on the host: no browser, no network, no drawing",
    },
    Wall {
        name: "view-draws",
        inside: &["src/view"],
        except: &[],
        never: &["client::", "gloo_net", "app::"],
        because: "a view draws state and emits intents; only `app` and `client` reach for the network",
    },
    Wall {
        name: "client-fetches",
        inside: &["src"],
        except: &["src/client"],
        never: &[
            "fetch",
            "fetch_with_request",
            "fetch_with_str",
            "gloo_net",
            "EventSource",
            "XmlHttpRequest",
        ],
        because: "only `client` sends requests, also by a function of the browser that it declares itself",
    },
    Wall {
        name: "newsroom-state-is-pure",
        inside: &["crates/newsroom/src/state"],
        except: &[],
        never: &["web_sys", "js_sys", "gloo_net", "gloo_timers", "wasm_bindgen", "client::", "view::", "yew"],
        because: "the newsroom's state is tested on the host: no browser, no network, no drawing",
    },
    Wall {
        name: "newsroom-client-fetches",
        inside: &["crates/newsroom/src"],
        except: &["crates/newsroom/src/client"],
        never: &[
            "fetch",
            "fetch_with_request",
            "fetch_with_str",
            "gloo_net",
            "EventSource",
            "XmlHttpRequest",
        ],
        because: "only `client` sends requests and follows streams",
    },
    Wall {
        name: "text-stays-text",
        inside: &["src", "crates", "e2e"],
        except: &["crates/xtask/src/tidy"],
        never: RAW_HTML,
        because: "comments become nodes, never markup",
    },
    Wall {
        name: "server-knows-no-widget",
        inside: &["crates/server/src"],
        except: &["crates/server/src/render"],
        never: &["dumka_widget"],
        because: "only `render` may use the widget's view",
    },
    Wall {
        name: "rules-are-pure",
        inside: &["crates/domain/src"],
        except: &[],
        never: &["axum", "sqlx", "tokio", "clock::", "storage::"],
        because: "the rules of the trade know no web, no database, no runtime and no clock",
    },
    Wall {
        name: "routes-know-no-backend",
        inside: &["crates/server/src/routes", "crates/server/src/commands"],
        except: &[],
        never: &["sqlx", "sqlite::", "postgres::", "SqliteEngine", "PgEngine"],
        because: "routes and commands speak to the store's trait",
    },
    Wall {
        name: "sql-in-storage",
        inside: &["crates/server/src", "crates/domain/src"],
        except: &[],
        never: &["sqlx", "SELECT", "INSERT INTO", "DELETE FROM", "PRAGMA"],
        because: "only `storage` speaks SQL",
    },
    Wall {
        name: "shared-sql",
        inside: &["crates/storage/src"],
        except: &[
            "crates/storage/src/sqlite",
            "crates/storage/src/postgres",
            "crates/storage/src/sql/search/sqlite.rs",
            "crates/storage/src/sql/search/postgres.rs",
        ],
        never: &[
            // SQLite's alone.
            "PRAGMA",
            "IMMEDIATE",
            "sqlite_master",
            "sqlite_schema",
            "data_version",
            "rowid",
            "GLOB",
            "MATCH",
            // PostgreSQL's alone.
            "NOTIFY",
            "LISTEN",
            "LOCK TABLE",
            "FOR UPDATE",
            "FOR NO KEY UPDATE",
            "pg_advisory_lock",
            "pg_current_snapshot",
            "to_regclass",
            "jsonb",
            "ILIKE",
            "ISOLATION LEVEL",
            "information_schema",
            "GREATEST",
            "INTERVAL",
        ],
        because: "SQL of one engine stands in the folder that is named for it; all other is written once for both",
    },
    Wall {
        name: "time-is-an-argument",
        inside: &[
            "crates/api/src",
            "crates/markup/src",
            "crates/domain/src",
            "crates/storage/src",
            "crates/server/src",
        ],
        except: &["crates/server/src/clock.rs"],
        never: CLOCKS,
        because: "only `clock` asks what time it is",
    },
];

/// A crate of ours and what may not be among its dependencies, however far down.
pub(super) const NEVER_DEPENDS: &[(&str, &[&str])] = &[
    ("dumka-api", &["yew", "web-sys", "axum", "sqlx", "rusqlite", "sea-orm", "tokio"]),
    ("dumka-markup", &["yew", "web-sys", "axum", "sqlx", "rusqlite", "sea-orm", "tokio"]),
    ("dumka-domain", &["yew", "web-sys", "axum", "sqlx", "tokio", "dumka-server", "dumka-widget"]),
    ("dumka-storage", &["yew", "web-sys", "axum", "dumka-server", "dumka-widget"]),
    (
        "dumka-widget",
        &["dumka-server", "dumka-domain", "dumka-storage", "axum", "sqlx", "rusqlite", "sea-orm"],
    ),
    ("dumka-newsroom", &["dumka-widget", "dumka-server", "dumka-domain", "dumka-storage", "axum", "sqlx"]),
];
