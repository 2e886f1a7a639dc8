//! Hints about settings that are allowed and hardly intended, printed when the settings are checked.

use std::net::IpAddr;

use url::Url;

use super::Settings;
use crate::origin::is_loopback_origin;

/// Returns one line for each setting that an operator may have forgotten.
pub fn hints(settings: &Settings) -> Vec<String> {
    let origins = settings.sites.iter().flat_map(|site| &site.origins);
    let public = origins.chain(&settings.public_url).any(|origin| is_public(origin));
    let address = settings.listen.ip().to_canonical();
    let is_behind_proxy = address.is_loopback() && public;
    if is_behind_proxy && settings.proxy.trusted.is_empty() {
        return vec![format!(
            "only this machine reaches {}, so readers come through a proxy, and all of them would count as one \
             address: write {}",
            settings.listen,
            trusting(address)
        )];
    }
    Vec::new()
}

/// The setting that makes the server believe a proxy at `address`.
pub fn trusting(address: IpAddr) -> String {
    format!(
        "[proxy] and under it trusted = [\"{address}\"] into dumka.toml, or set DUMKA_PROXY__TRUSTED={address}"
    )
}

fn is_public(address: &str) -> bool {
    let origin = Url::parse(address).map(|url| url.origin().ascii_serialization());
    origin.is_ok_and(|origin| !is_loopback_origin(&origin))
}
