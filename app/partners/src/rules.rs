//! Laws of taking part.
use base::Problem;

use crate::EnrollmentStatus;

impl EnrollmentStatus {
    /// Whether the partner may register deals, send campaigns, earn.
    #[must_use]
    pub const fn takes_part(self) -> bool {
        matches!(self, Self::Active)
    }

    /// Moves to another status. Nobody who began goes back to invited.
    ///
    /// # Errors
    /// `Refused` (`status`).
    pub fn to(self, next: Self) -> Result<Self, Problem> {
        match (self, next) {
            (a, b) if a == b => Ok(next),
            (_, Self::Invited) | (Self::Invited, Self::Suspended) => {
                let detail = format!("A partner that is {} cannot become {}.", self.as_str(), next.as_str());
                Err(Problem::refused("status", detail))
            }
            _ => Ok(next),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PartnerType;
    use EnrollmentStatus::{Active, Ended, Invited, Suspended};

    #[test]
    fn who_left_can_come_back_but_is_not_invited_again() {
        assert_eq!(Ended.to(Active), Ok(Active));
        assert_eq!(Active.to(Suspended), Ok(Suspended));
        assert_eq!(Active.to(Invited).unwrap_err().code(), "status");
        assert_eq!(Invited.to(Suspended).unwrap_err().code(), "status");
    }

    #[test]
    fn words_are_read_back() {
        for one in PartnerType::ALL {
            assert_eq!(PartnerType::parse(one.as_str()), Some(*one));
            assert_eq!(serde_json::to_value(one).unwrap(), one.as_str());
        }
    }
}
