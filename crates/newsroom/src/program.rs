//! The program with its router, which turns the address into a place.

use yew::{Html, function_component, html};
use yew_router::BrowserRouter;
use yew_router::hooks::{use_location, use_navigator};

use crate::app::App;
use crate::page::ProgramProps;
use crate::state::Place;

/// The program with its router.
#[function_component]
pub fn Program(props: &ProgramProps) -> Html {
    html! {
        <BrowserRouter basename={props.base.clone()}>
            <Routed ..props.clone() />
        </BrowserRouter>
    }
}

#[function_component]
fn Routed(props: &ProgramProps) -> Html {
    let location = use_location();
    let place = location.map_or(Place::Home, |location| {
        let path = location.path().strip_prefix(props.base.as_str()).unwrap_or(location.path());
        Place::parse(path, location.query_str())
    });
    let navigator = use_navigator().expect("it stands inside the router");
    html! { <App program={props.clone()} {place} {navigator} /> }
}
