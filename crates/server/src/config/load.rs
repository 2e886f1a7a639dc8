//! Merges the three sources of settings.

use std::path::{Path, PathBuf};

use figment::providers::{Format, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};

use super::check::check;
use super::{ConfigError, Settings, database, environment};
use crate::storage::DatabaseUrl;

/// The file that is read where none is named.
const DEFAULT_FILE: &str = "dumka.toml";

/// The settings among the flags of the command line.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Flags {
    /// Settings file, `dumka.toml` where it is there and nothing says otherwise
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Address and port to listen on, `127.0.0.1:8080` where nothing says otherwise
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// Database that keeps the comments, `sqlite://dumka.db` where nothing says otherwise
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
}

/// Reads every source and checks the settings.
pub fn load(flags: &Flags) -> Result<Settings, ConfigError> {
    let mut figment = Figment::new();
    if let Some(file) = settings_file(flags)? {
        figment = figment.merge(Toml::file_exact(file));
    }
    let (environment, passed_over) = environment::settings(std::env::vars_os());
    let settings: Settings = figment.merge(environment).merge(flags).extract()?;
    check(&settings)?;
    Ok(Settings { passed_over, ..settings })
}

/// Reads the address that was given with a flag.
pub fn database_of_flag(flag: &str, text: &str) -> Result<DatabaseUrl, ConfigError> {
    if database::is_database(text) {
        return Ok(text.into());
    }
    Err(ConfigError::Value {
        source_name: "the command line".into(),
        key: flag.into(),
        value: format!("{:?}", database::shown(text)),
        accepted: database::ACCEPTED.into(),
    })
}

fn settings_file(flags: &Flags) -> Result<Option<&Path>, ConfigError> {
    match &flags.config {
        Some(file) if file.is_file() => Ok(Some(file)),
        Some(file) if file.is_dir() => Err(ConfigError::NoFile { path: file.clone(), kind: "a folder" }),
        Some(file) if file.exists() => {
            Err(ConfigError::NoFile { path: file.clone(), kind: "no plain file, but a pipe or a device" })
        }
        Some(file) => Err(ConfigError::FileMissing(file.clone())),
        None => Ok(Some(Path::new(DEFAULT_FILE)).filter(|file| file.is_file())),
    }
}

impl Provider for &Flags {
    fn metadata(&self) -> Metadata {
        Metadata::named("the command line")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let given = [("listen", &self.listen), ("database", &self.database)];
        let value = |(key, flag): (&str, &Option<String>)| {
            flag.as_ref().map(|text| (key.to_owned(), Value::from(text.as_str())))
        };
        let dict: Dict = given.into_iter().filter_map(value).collect();
        Ok(Map::from([(Profile::Default, dict)]))
    }
}
