//! `/api/v1/openapi.json` and its copy in `docs/`.

use dumka_api::paths;
use serde_json::Value;

use crate::running::running;

#[tokio::test]
async fn committed_description_is_the_one_served() {
    let mut served: Value = running().await.get(paths::OPENAPI).send().await.unwrap().json().await.unwrap();
    // Where this one server is.
    served.as_object_mut().unwrap().remove("servers").unwrap();
    let committed: Value = serde_json::from_str(include_str!("../../../../docs/api.json")).unwrap();
    assert!(served == committed, "docs/api.json is not current; run `dumka openapi > docs/api.json`");
}

#[tokio::test]
async fn every_reference_in_the_description_leads_somewhere() {
    let description: Value = serde_json::to_value(dumka_server::routes::description()).unwrap();
    assert_eq!(description["openapi"], "3.1.0");
    let mut open = vec![&description];
    while let Some(value) = open.pop() {
        if let Some(target) = value.get("$ref").and_then(Value::as_str) {
            assert!(description.pointer(target.trim_start_matches('#')).is_some(), "{target}");
        }
        match value {
            Value::Array(values) => open.extend(values),
            Value::Object(fields) => open.extend(fields.values()),
            _ => {}
        }
    }
}
