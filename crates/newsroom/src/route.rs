//! The places as routes of `yew-router`.

use std::collections::HashMap;

use yew_router::Routable;

use crate::state::Place;

impl Routable for Place {
    fn from_path(path: &str, _params: &HashMap<&str, &str>) -> Option<Self> {
        Self::recognize(path)
    }

    fn to_path(&self) -> String {
        self.path()
    }

    fn routes() -> Vec<&'static str> {
        vec!["/", "/queue/:queue", "/comments/:id", "/threads", "/thread", "/log", "/staff", "/me"]
    }

    fn not_found_route() -> Option<Self> {
        Some(Self::Home)
    }

    fn recognize(pathname: &str) -> Option<Self> {
        Some(Self::parse(pathname, ""))
    }
}
