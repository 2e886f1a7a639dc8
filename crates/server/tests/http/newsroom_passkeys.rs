//! `/api/v1/newsroom/session/passkey` and `/register`, with a passkey that is no device's.
//!
//! It knows of no person by itself, as real ones do that sign in without a name: the test says to it which passkey to use,
//! and whose it is, which nothing signs.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use dumka_api::ProblemKind;
use dumka_api::newsroom::{InviteSeen, Me, PasskeyChallenge, StaffRole, staff_paths as paths};
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use uuid::Uuid;
use webauthn_authenticator_rs::WebauthnAuthenticator;
use webauthn_authenticator_rs::softpasskey::SoftPasskey;

use crate::newsroom_people::{Asks, Newsroom, PASSWORD, newsroom_with, signed_in};
use crate::running::refused;

const HERE: &str = "https://c.example";

/// A passkey, and whose it is.
struct Device {
    passkey: SoftPasskey,
    /// The id of the passkey and the handle of its person, once it is made.
    made: Option<(String, String)>,
}

impl Device {
    fn new() -> Self {
        Self { passkey: SoftPasskey::new(true), made: None }
    }

    /// Makes a passkey for a page of an origin.
    fn make(&mut self, challenge: &PasskeyChallenge, origin: &str) -> String {
        let mut options: Value = serde_json::from_str(&challenge.options).unwrap();
        let selection = &mut options["publicKey"]["authenticatorSelection"];
        assert_eq!(selection["residentKey"], "required");
        selection["residentKey"] = "discouraged".into();
        selection["requireResidentKey"] = false.into();
        let handle = options["publicKey"]["user"]["id"].as_str().unwrap().to_owned();
        let options = serde_json::from_value(options).unwrap();
        let made = self.passkey.do_registration(origin.parse().unwrap(), options).unwrap();
        self.made = Some((made.id.clone(), handle));
        serde_json::to_string(&made).unwrap()
    }

    /// Signs a challenge for a page of an origin.
    fn sign(&mut self, challenge: &PasskeyChallenge, origin: &str) -> String {
        let (id, handle) = self.made.as_ref().unwrap();
        let mut options: Value = serde_json::from_str(&challenge.options).unwrap();
        options["publicKey"]["allowCredentials"] = json!([{"type": "public-key", "id": id}]);
        let options = serde_json::from_value(options).unwrap();
        let signed = self.passkey.do_authentication(origin.parse().unwrap(), options).unwrap();
        let mut signed = serde_json::to_value(&signed).unwrap();
        signed["response"]["userHandle"] = handle.as_str().into();
        signed.to_string()
    }
}

async fn newsroom() -> Newsroom {
    newsroom_with(|settings| settings.public_url = Some(HERE.into())).await
}

fn ask(newsroom: &Newsroom, method: &str, path: &str, body: &Value) -> RequestBuilder {
    let request = newsroom.server.request(method, path).header("origin", HERE);
    request.header("content-type", "application/json").body(body.to_string())
}

async fn begin(newsroom: &Newsroom, path: &str, body: &Value) -> PasskeyChallenge {
    ask(newsroom, "POST", path, body).send().await.unwrap().json().await.unwrap()
}

async fn begin_registration(newsroom: &Newsroom, link: &str) -> PasskeyChallenge {
    begin(newsroom, paths::SESSION_PASSKEY_REGISTER, &json!({"link": link})).await
}

fn register(newsroom: &Newsroom, challenge: &PasskeyChallenge, made: &str, link: &str) -> RequestBuilder {
    let body = json!({"ceremony": challenge.ceremony, "credential": made, "link": link});
    ask(newsroom, "PUT", paths::SESSION_PASSKEY_REGISTER, &body)
}

fn sign_in(newsroom: &Newsroom, challenge: &PasskeyChallenge, signed: &str) -> RequestBuilder {
    let body = json!({"ceremony": challenge.ceremony, "credential": signed});
    ask(newsroom, "PUT", paths::SESSION_PASSKEY, &body)
}

/// Invites a person, who makes a passkey.
async fn with_passkey(newsroom: &Newsroom, name: &str) -> (Device, Response) {
    let link = newsroom.invite(name, "a", StaffRole::Author).await.secret;
    let mut device = Device::new();
    let challenge = begin_registration(newsroom, &link).await;
    let made = device.make(&challenge, HERE);
    let response = register(newsroom, &challenge, &made, &link).send().await.unwrap();
    (device, response)
}

async fn is_refused(request: RequestBuilder) {
    let problem = refused(request).await;
    assert_eq!((problem.status, problem.kind), (401, ProblemKind::PasskeyInvalid));
}

#[tokio::test]
async fn person_makes_a_passkey_by_the_link_and_signs_in_by_it() {
    let newsroom = newsroom().await;
    let (mut device, response) = with_passkey(&newsroom, "Olha").await;
    let olha: Me =
        newsroom.ask(&signed_in(response), "GET", paths::ME).send().await.unwrap().json().await.unwrap();
    assert_eq!(olha.name, "Olha");
    for _ in 0..2 {
        let challenge = begin(&newsroom, paths::SESSION_PASSKEY, &json!({})).await;
        let signed = device.sign(&challenge, HERE);
        let response = sign_in(&newsroom, &challenge, &signed).send().await.unwrap();
        let again: Me = response.json().await.unwrap();
        assert_eq!(again.id, olha.id);
    }
}

#[tokio::test]
async fn link_tells_that_passkeys_are_made_here_and_is_spent_with_one() {
    let newsroom = newsroom().await;
    let link = newsroom.invite("Olha", "a", StaffRole::Author).await.secret;
    let body = json!({"link": link});
    let seen = ask(&newsroom, "POST", paths::SESSION_INVITE, &body).send().await.unwrap();
    assert!(seen.json::<InviteSeen>().await.unwrap().passkeys);
    let mut device = Device::new();
    let (first, second) =
        (begin_registration(&newsroom, &link).await, begin_registration(&newsroom, &link).await);
    let made = device.make(&first, HERE);
    signed_in(register(&newsroom, &first, &made, &link).send().await.unwrap());
    let made = device.make(&second, HERE);
    for request in [
        register(&newsroom, &second, &made, &link),
        ask(&newsroom, "POST", paths::SESSION_PASSKEY_REGISTER, &body),
    ] {
        let problem = refused(request).await;
        assert_eq!((problem.status, problem.kind), (410, ProblemKind::LinkSpent));
    }
}

#[tokio::test]
async fn passkey_of_another_origin_is_refused() {
    let newsroom = newsroom().await;
    let link = newsroom.invite("Olha", "a", StaffRole::Author).await.secret;
    let mut device = Device::new();
    let challenge = begin_registration(&newsroom, &link).await;
    let elsewhere = device.make(&challenge, "https://evil.c.example");
    is_refused(register(&newsroom, &challenge, &elsewhere, &link)).await;
    // The link is left for a passkey of the right one.
    let challenge = begin_registration(&newsroom, &link).await;
    let made = device.make(&challenge, HERE);
    signed_in(register(&newsroom, &challenge, &made, &link).send().await.unwrap());
    let challenge = begin(&newsroom, paths::SESSION_PASSKEY, &json!({})).await;
    let signed = device.sign(&challenge, "https://evil.c.example");
    is_refused(sign_in(&newsroom, &challenge, &signed)).await;
}

#[tokio::test]
async fn ceremony_is_finished_once_in_time_and_by_its_own_link() {
    let newsroom = newsroom().await;
    let (mut device, _) = with_passkey(&newsroom, "Olha").await;
    let challenge = begin(&newsroom, paths::SESSION_PASSKEY, &json!({})).await;
    let signed = device.sign(&challenge, HERE);
    signed_in(sign_in(&newsroom, &challenge, &signed).send().await.unwrap());
    is_refused(sign_in(&newsroom, &challenge, &signed)).await;

    let challenge = begin(&newsroom, paths::SESSION_PASSKEY, &json!({})).await;
    let signed = device.sign(&challenge, HERE);
    newsroom.clock.advance_secs(5 * 60);
    is_refused(sign_in(&newsroom, &challenge, &signed)).await;

    let links = [
        newsroom.invite("Bohdan", "a", StaffRole::Author).await.secret,
        newsroom.invite("Iryna", "a", StaffRole::Author).await.secret,
    ];
    let challenge = begin_registration(&newsroom, &links[0]).await;
    let made = Device::new().make(&challenge, HERE);
    is_refused(register(&newsroom, &challenge, &made, &links[1])).await;
}

#[tokio::test]
async fn passkey_signs_in_nobody_but_its_own_person() {
    let newsroom = newsroom().await;
    let (mut device, _) = with_passkey(&newsroom, "Olha").await;
    let (other, _) = with_passkey(&newsroom, "Bohdan").await;
    let (id, handle) = (device.made.take().unwrap().0, other.made.unwrap().1);
    let nobodys = BASE64_URL_SAFE_NO_PAD.encode(Uuid::from_u128(7).as_bytes());
    for handle in [handle, nobodys] {
        device.made = Some((id.clone(), handle));
        let challenge = begin(&newsroom, paths::SESSION_PASSKEY, &json!({})).await;
        let signed = device.sign(&challenge, HERE);
        is_refused(sign_in(&newsroom, &challenge, &signed)).await;
    }
    let challenge = begin(&newsroom, paths::SESSION_PASSKEY, &json!({})).await;
    for nonsense in ["", "{}", "[]", "null"] {
        is_refused(sign_in(&newsroom, &challenge, nonsense)).await;
    }
}

#[tokio::test]
async fn person_who_was_shut_out_has_no_passkey() {
    let newsroom = newsroom().await;
    let owner = newsroom.invite("Iryna", "*", StaffRole::Owner).await.secret;
    let body = json!({"link": owner, "password": PASSWORD});
    let owner = signed_in(ask(&newsroom, "POST", paths::SESSION_PASSWORD, &body).send().await.unwrap());
    let (mut device, response) = with_passkey(&newsroom, "Olha").await;
    let olha: Me = response.json().await.unwrap();
    let Asks::WithCookie(cookie) = &owner else { panic!("no cookie") };
    let path = format!("{}/{}", paths::STAFF, olha.id);
    let revoked = ask(&newsroom, "DELETE", &path, &json!({})).header("cookie", cookie).send().await.unwrap();
    assert_eq!(revoked.status(), 204);
    let challenge = begin(&newsroom, paths::SESSION_PASSKEY, &json!({})).await;
    let signed = device.sign(&challenge, HERE);
    is_refused(sign_in(&newsroom, &challenge, &signed)).await;
}

#[tokio::test]
async fn where_no_passkeys_are_made_none_is_begun() {
    let newsroom = crate::newsroom_people::newsroom().await;
    is_refused(newsroom.ask(&Asks::WithNothing, "POST", paths::SESSION_PASSKEY)).await;
}
