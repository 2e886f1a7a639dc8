//! Finds the settings among the variables of the environment: those that begin with `DUMKA_`, are not empty, and were
//! not set by Kubernetes or Docker.

use std::ffi::OsString;

use figment::providers::Env;

/// The prefix of settings' names.
pub(super) const PREFIX: &str = "DUMKA_";
/// Variables of the build and of the whole-system tests, which share the prefix.
const NO_SETTINGS: [&str; 2] = ["BIN", "WIDGET_DIR"];
/// Protocols of a port, as Kubernetes and Docker write them into a service's variables.
const PROTOCOLS: [&str; 3] = ["TCP", "UDP", "SCTP"];

/// The settings among the variables, and the names of those that are passed over although they begin like settings.
pub(super) fn settings(variables: impl Iterator<Item = (OsString, OsString)>) -> (Env, Vec<String>) {
    let mut passed_over = Vec::new();
    for (name, value) in variables {
        let (Some(name), value) = (name.to_str(), value.to_string_lossy()) else { continue };
        let is_ours = name.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX));
        if is_ours && (value.trim().is_empty() || is_service_link(&name.to_ascii_uppercase(), &value)) {
            passed_over.push(name.to_owned());
        }
    }
    let keys: Vec<&str> = passed_over.iter().map(|name| &name[PREFIX.len()..]).collect();
    let environment = Env::prefixed(PREFIX).ignore(&NO_SETTINGS).ignore(&keys).split("__");
    (environment, passed_over)
}

/// `true` for a variable with the address of a service whose name begins like this program's: Kubernetes gives them to
/// every container of a namespace, and Docker to those that are linked.
fn is_service_link(name: &str, value: &str) -> bool {
    let is_service =
        name.ends_with("_SERVICE_HOST") || name.ends_with("_SERVICE_PORT") || name.contains("_SERVICE_PORT_");
    // A variable of the container behind a link.
    let is_copy = name.starts_with("DUMKA_ENV_") || (name.ends_with("_NAME") && value.starts_with('/'));
    let is_address = name.ends_with("_PORT") && value.contains("://");
    is_service || is_copy || is_address || is_port_of_service(name)
}

/// `true` for `…_PORT_8080_TCP`, and its `_PROTO`, `_PORT` and `_ADDR`.
fn is_port_of_service(name: &str) -> bool {
    let Some((_, port)) = name.rsplit_once("_PORT_") else { return false };
    let mut words = port.split('_');
    let is_number = words.next().is_some_and(|number| number.parse::<u16>().is_ok());
    let is_protocol = words.next().is_some_and(|word| PROTOCOLS.contains(&word));
    let is_part = matches!(words.next(), None | Some("PROTO" | "PORT" | "ADDR"));
    is_number && is_protocol && is_part && words.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed_over(name: &str, value: &str) -> bool {
        !settings([(name.into(), value.into())].into_iter()).1.is_empty()
    }

    #[test]
    fn variables_of_kubernetes_and_docker_are_no_settings() {
        for (name, value) in [
            ("DUMKA_SERVICE_HOST", "10.0.0.11"),
            ("DUMKA_SERVICE_PORT", "80"),
            ("DUMKA_SERVICE_PORT_HTTP", "80"),
            ("DUMKA_SERVICE_PORT_METRICS_2", "9090"),
            ("DUMKA_PORT", "tcp://10.0.0.11:80"),
            ("DUMKA_PORT_8080_TCP", "tcp://10.0.0.11:8080"),
            ("DUMKA_PORT_8080_TCP_PROTO", "tcp"),
            ("DUMKA_PORT_8080_TCP_PORT", "8080"),
            ("DUMKA_PORT_8080_TCP_ADDR", "10.0.0.11"),
            ("DUMKA_PORT_53_UDP", "udp://10.0.0.11:53"),
            ("DUMKA_WEB_PORT_443_SCTP_ADDR", "10.0.0.11"),
            ("DUMKA_WEB_SERVICE_HOST", "10.0.0.12"),
            ("DUMKA_LISTEN_PORT", "tcp://10.0.0.13:80"),
            ("DUMKA_LIMITS_PORT_80_TCP", "tcp://10.0.0.13:80"),
            ("DUMKA_NAME", "/web/dumka"),
            ("DUMKA_ENV_PATH", "/bin"),
            ("dumka_service_host", "10.0.0.11"),
        ] {
            assert!(passed_over(name, value), "{name}");
        }
    }

    #[test]
    fn empty_variable_is_no_setting() {
        for name in ["DUMKA_SITES", "DUMKA_PROXY__TRUSTED", "DUMKA_LISTEN", "DUMKA_OF_NOTHING"] {
            assert!(passed_over(name, "") && passed_over(name, " "), "{name}");
        }
    }

    #[test]
    fn settings_and_their_misspellings_are_not_passed_over() {
        for (name, value) in [
            ("DUMKA_LISTEN", "127.0.0.1:1"),
            ("DUMKA_PORT", "8080"),
            ("DUMKA_PORT_8080", "x"),
            ("DUMKA_PORT_8080_TPC", "x"),
            ("DUMKA_PORT_8080_TCP_ADRR", "x"),
            ("DUMKA_PORT_99999_TCP", "x"),
            ("DUMKA_SERVICE", "x"),
            ("DUMKA_NAME", "News"),
            ("DUMKA_LIMITS__POST_PER_MINUTE", "1"),
            ("OTHER_SERVICE_HOST", ""),
        ] {
            assert!(!passed_over(name, value), "{name}");
        }
    }
}
