//! Laws of e-mail addresses, passwords and roles; the same in the browser and on the server.
use base::{Problem, Role, Side};

use crate::Password;

/// Fewest letters of a new password.
pub const PASSWORD_MIN: usize = 10;
/// Most letters of a password: hashing longer ones costs without adding safety.
pub const PASSWORD_MAX: usize = 200;

/// An e-mail address as it is stored: trimmed, lower case.
#[must_use]
pub fn email_of(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A garde rule for e-mail addresses: one `@` with something on both sides, no spaces, at most 254 letters
/// (RFC 5321, section 4.5.3.1.3). Only a mail that arrives proves more.
///
/// # Errors
/// `required` or `not_an_email`.
pub fn email<C>(text: &str, _: &C) -> garde::Result {
    let text = text.trim();
    if text.is_empty() {
        return Err(garde::Error::new("required: This field is needed."));
    }
    let halves = text.split_once('@').filter(|(name, host)| {
        !name.is_empty()
            && !host.is_empty()
            && !host.contains('@')
            && !host.starts_with('.')
            && !host.ends_with('.')
    });
    let odd = |c: char| c.is_whitespace() || c.is_control() || c == '<' || c == '>' || c == ',';
    if halves.is_none() || text.len() > 254 || text.contains(odd) {
        return Err(garde::Error::new("not_an_email: Write it like name@example.com."));
    }
    Ok(())
}

/// A garde rule for a password that is being chosen.
///
/// # Errors
/// `too_short`, `too_long` or `too_simple`.
pub fn new_password<C>(password: &Password, _: &C) -> garde::Result {
    let text = &password.0;
    let letters = text.chars().count();
    let mut kinds: Vec<char> = text.chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    let message = match letters {
        0 => "required: This field is needed.",
        1..PASSWORD_MIN => "too_short: Use at least ten characters.",
        _ if letters > PASSWORD_MAX => "too_long: Use at most 200 characters.",
        _ if kinds.len() < 5 => "too_simple: Use at least five different characters.",
        _ => return Ok(()),
    };
    Err(garde::Error::new(message))
}

/// A garde rule for a password that was chosen before.
///
/// # Errors
/// `required` or `too_long`.
pub fn old_password<C>(password: &Password, _: &C) -> garde::Result {
    match password.0.chars().count() {
        0 => Err(garde::Error::new("required: This field is needed.")),
        1..=PASSWORD_MAX => Ok(()),
        _ => Err(garde::Error::new("too_long: Use at most 200 characters.")),
    }
}

/// The role that owns an organisation of a side.
#[must_use]
pub const fn owner_of(side: Side) -> Role {
    match side {
        Side::Vendor => Role::VendorOwner,
        Side::Partner => Role::PartnerOwner,
    }
}

/// The roles that people of a side can have, owner first.
pub fn roles_of(side: Side) -> impl Iterator<Item = Role> {
    Role::ALL.into_iter().filter(move |role| role.side() == side)
}

/// Whether a role can be given in an organisation of a side.
///
/// # Errors
/// `Invalid` (`role`, `unknown`) for a role of the other side.
pub fn may_hold(role: Role, side: Side) -> Result<(), Problem> {
    if role.side() == side {
        return Ok(());
    }
    Err(Problem::field("role", "unknown", "This role belongs to the other side. Choose one of your side."))
}

/// Whether a member of role `before` can become `after`, or leave with `None`, where so many own the
/// organisation: somebody must.
///
/// # Errors
/// `Refused` (`last_owner`).
pub fn keeps_an_owner(before: Role, after: Option<Role>, owners: u64) -> Result<(), Problem> {
    let owner = owner_of(before.side());
    if before == owner && after != Some(owner) && owners <= 1 {
        return Err(Problem::refused(
            "last_owner",
            "An organisation needs an owner. Make somebody else owner first.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(password: &str) -> String {
        new_password(&password.into(), &())
            .map_or_else(|error| error.message().to_owned(), |()| String::new())
    }

    #[test]
    fn a_password_has_ten_letters_and_is_not_one_letter_over_and_over() {
        assert_eq!(fault("demo-rialto"), "");
        assert!(fault("").starts_with("required"));
        assert!(fault("short").starts_with("too_short"));
        assert!(fault("aaaaaaaaaaaa").starts_with("too_simple"));
        assert!(fault(&"abcdefgh".repeat(40)).starts_with("too_long"));
        assert_eq!(format!("{:?}", Password::from("demo-rialto")), "Password(…)");
    }

    #[test]
    fn addresses_are_compared_in_lower_case() {
        assert_eq!(email_of("  Olivia@Northwind.Example "), "olivia@northwind.example");
        for fine in ["o@northwind.example", "o'hara+x@a.b", "admin@localhost"] {
            assert!(email(fine, &()).is_ok(), "{fine}");
        }
        for odd in ["", "olivia", "@x.y", "a@", "a@b@c", "a b@c.d", "a@.b", "<a@b.c>"] {
            assert!(email(odd, &()).is_err(), "{odd}");
        }
    }

    #[test]
    fn the_last_owner_stays_owner() {
        let refused = keeps_an_owner(Role::VendorOwner, None, 1).unwrap_err();
        assert_eq!(refused.code(), "last_owner");
        assert!(keeps_an_owner(Role::VendorOwner, Some(Role::Analyst), 1).is_err());
        assert!(keeps_an_owner(Role::VendorOwner, Some(Role::VendorOwner), 1).is_ok());
        assert!(keeps_an_owner(Role::PartnerOwner, None, 2).is_ok());
        assert!(keeps_an_owner(Role::Sales, None, 1).is_ok());
    }

    #[test]
    fn a_role_stays_on_its_side() {
        assert!(may_hold(Role::Sales, Side::Partner).is_ok());
        assert!(may_hold(Role::Sales, Side::Vendor).is_err());
        assert_eq!(roles_of(Side::Vendor).count() + roles_of(Side::Partner).count(), Role::ALL.len());
        assert_eq!(roles_of(Side::Partner).next(), Some(owner_of(Side::Partner)));
    }
}
