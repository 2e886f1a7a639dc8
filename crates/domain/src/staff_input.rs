//! The rules of what makes a member of staff: the name, the password, the site of a role.

use dumka_api::ProblemKind;
use dumka_api::limits::{PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARS};

use crate::invalid::Invalid;
use crate::staff::EVERY_SITE;
use crate::submission::{check_name, check_site};

/// A name of a member of staff, as it is shown and as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffName {
    /// The name as it is shown.
    pub shown: String,
    /// The name in small letters, by which one signs in.
    pub key: String,
}

/// Checks a name.
pub fn check_staff_name(name: &str) -> Result<StaffName, Invalid> {
    let shown = check_name(name)?;
    let key = shown.to_lowercase();
    Ok(StaffName { shown, key })
}

/// Checks the length of a new password. Nothing is trimmed or folded: what is typed is what is asked for later.
pub fn check_password(password: &str) -> Result<(), Invalid> {
    if password.len() > PASSWORD_MAX_BYTES {
        return Err(Invalid::over(ProblemKind::PasswordTooLong, "password", PASSWORD_MAX_BYTES));
    }
    if password.chars().count() < PASSWORD_MIN_CHARS {
        return Err(Invalid::over(ProblemKind::PasswordTooShort, "password", PASSWORD_MIN_CHARS));
    }
    Ok(())
}

/// Checks the site of a role, and returns its canonical form; `*` stands for every site.
pub fn check_role_site(site: &str) -> Result<String, Invalid> {
    if site.trim() == EVERY_SITE { Ok(EVERY_SITE.into()) } else { check_site(site) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_is_compared_in_small_letters_and_with_single_spaces() {
        let name = check_staff_name("  Ольга   Петренко ").unwrap();
        assert_eq!((name.shown.as_str(), name.key.as_str()), ("Ольга Петренко", "ольга петренко"));
        assert_eq!(check_staff_name("ОЛЬГА петренко").unwrap().key, name.key);
        assert_eq!(check_staff_name(" \u{200B}").unwrap_err().kind, ProblemKind::NameEmpty);
    }

    #[test]
    fn password_has_twelve_characters_and_at_most_1024_bytes() {
        assert!(check_password("дванадцять12").is_ok());
        assert_eq!(check_password("одинадцять1").unwrap_err().kind, ProblemKind::PasswordTooShort);
        assert!(check_password(&"x".repeat(1_024)).is_ok());
        assert_eq!(check_password(&"x".repeat(1_025)).unwrap_err().kind, ProblemKind::PasswordTooLong);
    }

    #[test]
    fn role_is_on_a_site_or_on_all() {
        assert_eq!(check_role_site(" * ").unwrap(), "*");
        assert_eq!(check_role_site("News.Example").unwrap(), "news.example");
        assert_eq!(check_role_site("").unwrap_err().kind, ProblemKind::SiteEmpty);
    }
}
