//! The staff, for owners: inviting, roles on sites, new links, shutting out.

use dumka_api::newsroom::{NewStaff, RoleChange, SiteRole, StaffMember, StaffRole};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Html, SubmitEvent, html};

use super::control::{button, chosen, does, failure};
use super::{Ui, me};
use crate::browser;
use crate::i18n::{Key, PluralKey};
use crate::state::{Action, StaffAction};

/// Draws the screen.
pub(super) fn screen(ui: &Ui) -> Html {
    let staff = &ui.state.staff;
    html! {
        <>
            <h1 id="heading" tabindex="-1">{ ui.words.text(Key::Staff) }</h1>
            { failure(ui, staff.failure.as_ref()) }
            { link(ui) }
            { invite(ui) }
            if let Some(members) = &staff.members {
                <ul class="rows">{ for members.iter().map(|it| member(ui, it)) }</ul>
            } else {
                <p class="quiet" role="status">{ ui.words.text(Key::Loading) }</p>
            }
        </>
    }
}

/// Draws the link that is shown once.
fn link(ui: &Ui) -> Html {
    let Some(shown) = &ui.state.staff.link else { return Html::default() };
    html! {
        <section class="panel highlight" id="staff-link" tabindex="-1">
            <h2>{ ui.words.with(Key::LinkFor, &shown.member.name) }</h2>
            <p>{ ui.words.text(Key::LinkExplained) }</p>
            <input class="link-shown" readonly={true} aria-label={ui.words.text(Key::Link).to_owned()} value={shown.link.clone()} />
            <div class="acts">
                { button(ui, "strong", Key::CopyLink, Action::Staff(StaffAction::CopyLink)) }
                { button(ui, "plain", Key::Close, Action::Staff(StaffAction::HideLink)) }
            </div>
        </section>
    }
}

fn invite(ui: &Ui) -> Html {
    let onsubmit = ui.act.reform(|event: SubmitEvent| {
        event.prevent_default();
        let role = StaffRole::from_word(&chosen_in("invite-role")).unwrap_or(StaffRole::Moderator);
        let name = browser::element("invite-name").and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let name = name.map(|field| field.value()).unwrap_or_default();
        Action::Staff(StaffAction::Invite(NewStaff { name, role, site: chosen_in("invite-site") }))
    });
    html! {
        <form class="panel inline" {onsubmit}>
            <h2>{ ui.words.text(Key::InviteHeading) }</h2>
            <label class="field"><span>{ ui.words.text(Key::Name) }</span>
                <input id="invite-name" maxlength="80" required={true} autocomplete="off" /></label>
            <label class="field"><span>{ ui.words.text(Key::Role) }</span>
                <select id="invite-role">{ roles(ui, Some(StaffRole::Moderator)) }</select></label>
            <label class="field"><span>{ ui.words.text(Key::Site) }</span>
                <select id="invite-site">{ sites(ui) }</select></label>
            <button type="submit" class="button strong">{ ui.words.text(Key::Invite) }</button>
        </form>
    }
}

fn chosen_in(id: &str) -> String {
    let list = browser::element(id).and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
    list.map(|list| list.value()).unwrap_or_default()
}

fn roles(ui: &Ui, given: Option<StaffRole>) -> Html {
    let role = |role: &StaffRole| {
        html! { <option value={role.as_str()} selected={given == Some(*role)}>{ ui.words.named("role_", role.as_str()) }</option> }
    };
    StaffRole::ALL.iter().map(role).collect()
}

/// The sites on which the person is an owner.
fn sites(ui: &Ui) -> Html {
    let given = ui.state.access.me().map(|me| (me.roles.as_slice(), me.sites.as_slice())).unwrap_or_default();
    let is_everywhere = given.0.iter().any(|it| it.site == "*" && it.role == StaffRole::Owner);
    let owned = given.1.iter().filter(|it| it.role == StaffRole::Owner);
    let every = is_everywhere.then(|| ("*", ui.words.text(Key::EverySite)));
    let options = every.into_iter().chain(owned.map(|it| (it.site.as_str(), it.site.as_str())));
    let option = |(index, (site, name)): (usize, (&str, &str))| {
        html! { <option value={site.to_owned()} selected={index == 0}>{ name }</option> }
    };
    options.enumerate().map(option).collect()
}

fn member(ui: &Ui, member: &StaffMember) -> Html {
    let way = match (member.passkeys, member.has_password) {
        (0, false) => ui.words.text(Key::NoWayYet).to_owned(),
        (0, true) => ui.words.text(Key::Password).to_owned(),
        (passkeys, _) => ui.words.count(PluralKey::Passkeys, passkeys),
    };
    html! {
        <li key={member.id.clone()} class="row member">
            <div class="row-text">
                <p><strong>{ &member.name }</strong>{ " " }<span class="quiet">{ way }</span>
                    if member.revoked_at.is_some() { { " " }<span class="chip warn">{ ui.words.text(Key::Revoked) }</span> }</p>
                { for member.roles.iter().map(|given| role(ui, member, given)) }
                if !member.sessions.is_empty() {
                    <details>
                        <summary>{ ui.words.count(PluralKey::Sessions, member.sessions.len() as u64) }</summary>
                        { me::sessions(ui, &member.sessions) }
                    </details>
                }
            </div>
            { acts(ui, member) }
        </li>
    }
}

fn role(ui: &Ui, member: &StaffMember, given: &SiteRole) -> Html {
    let (id, site) = (member.id.clone(), given.site.clone());
    let onchange = ui.act.reform(move |event| {
        let change = RoleChange { site: site.clone(), role: StaffRole::from_word(&chosen(&event)) };
        Action::Staff(StaffAction::ChangeRole(id.clone(), change))
    });
    let place = if given.site == "*" { ui.words.text(Key::EverySite) } else { &given.site };
    html! {
        <label class="field role"><span>{ place }</span>
            <select {onchange}>
                { roles(ui, Some(given.role)) }
                <option value="">{ ui.words.text(Key::NoRole) }</option>
            </select>
        </label>
    }
}

fn acts(ui: &Ui, member: &StaffMember) -> Html {
    let id = member.id.clone();
    let is_me = ui.state.access.me().is_some_and(|me| me.id == id);
    html! {
        <div class="acts">
            { button(ui, "", Key::NewLink, Action::Staff(StaffAction::NewLink(id.clone()))) }
            if !is_me && member.revoked_at.is_none() {
                if ui.state.staff.revoking.as_deref() == Some(&id) {
                    <button type="button" class="button reject" onclick={does(ui, Action::Staff(StaffAction::Revoke(id)))}>
                        { ui.words.with(Key::RevokeSurely, &member.name) }
                    </button>
                    { button(ui, "plain", Key::Cancel, Action::Staff(StaffAction::OfferRevoke(None))) }
                } else {
                    { button(ui, "", Key::Revoke, Action::Staff(StaffAction::OfferRevoke(Some(id)))) }
                }
            }
        </div>
    }
}
