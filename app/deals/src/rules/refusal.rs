//! Why the state machine refuses an event: stable codes, with what to do about it.
use base::Problem;

use crate::model::Refused;

macro_rules! refusals {
    ($($name:ident = $code:literal, $text:ident, $message:literal;)*) => {
        /// A typed refusal.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Refusal { $(#[doc = $message] $name),* }

        impl Refusal {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// In English, for people who read the API.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $(Self::$name => $message),* }
            }

            /// In the reader's language.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => crate::t::$text()),* }
            }
        }
    };
}

refusals! {
    WrongState = "wrong_state", refusal_wrong_state, "The deal does not stand where this can be done.";
    Final = "final", refusal_final, "This deal has ended; nothing can follow. Register a new one.";
    AlreadySubmitted = "already_submitted", refusal_already_submitted, "The deal has been submitted already.";
    AlreadyDecided = "already_decided", refusal_already_decided, "The deal has been decided already.";
    NotSubmitted = "not_submitted", refusal_not_submitted, "The deal is still a draft of the partner.";
    WithPartner = "with_partner", refusal_with_partner, "The deal is with the partner, who was asked for information.";
    InDispute = "in_dispute", refusal_in_dispute, "The deal is in dispute; a ruling ends it.";
    NotInDispute = "not_in_dispute", refusal_not_in_dispute, "The deal is not in dispute.";
    NotApproved = "not_approved", refusal_not_approved, "Only an approved deal has this.";
    RivalProtected = "rival_protected", refusal_rival_protected, "Another registration holds this customer and product family now.";
    NoRivalToShare = "no_rival_to_share", refusal_no_rival_to_share, "Nobody is protected for this customer, so there is nobody to share with.";
    FieldNotAsked = "field_not_asked", refusal_field_not_asked, "Only the fields that were asked for can be changed.";
    GraceOver = "grace_over", refusal_grace_over, "The time to answer is over.";
    GraceRunning = "grace_running", refusal_grace_running, "The partner still has time to answer.";
    NoRoundsLeft = "no_rounds_left", refusal_no_rounds_left, "The deal was returned as often as the program allows.";
    AppealOver = "appeal_over", refusal_appeal_over, "The time to appeal is over.";
    NotProtected = "not_protected", refusal_not_protected, "The program gives this deal no protection that could be extended.";
    ProtectionOver = "protection_over", refusal_protection_over, "The protection has ended.";
    ProtectionRunning = "protection_running", refusal_protection_running, "The protection has not ended yet.";
    NoExtensionLeft = "no_extension_left", refusal_no_extension_left, "The protection was extended as often as the program allows.";
    ExtensionAsked = "extension_asked", refusal_extension_asked, "An extension has been asked for already.";
    NoExtensionAsked = "no_extension_asked", refusal_no_extension_asked, "Nobody asked for an extension.";
    StillActive = "still_active", refusal_still_active, "The partner showed activity; nothing is due yet.";
    GoneQuiet = "gone_quiet", refusal_gone_quiet, "The deal has shown no activity for so long that it lapses.";
    OwnDecision = "own_decision", refusal_own_decision, "You made the decision that is appealed; somebody else has to rule on it.";
    NothingToAppeal = "nothing_to_appeal", refusal_nothing_to_appeal, "There is no decision yet that could be appealed.";
    NotConverted = "not_converted", refusal_not_converted, "Only a deal with an opportunity in the CRM can be closed.";
    OpportunityTaken = "opportunity_taken", refusal_opportunity_taken, "This opportunity stands for another deal already.";
    SeveralOpportunities = "several_opportunities", refusal_several_opportunities, "Several open opportunities match this deal; choose one.";
    NotEnrolled = "not_enrolled", refusal_not_enrolled, "The partner is not an active member of this program.";
    DecisionHeld = "decision_held", refusal_decision_held, "A decision about this deal takes effect in a moment. Wait for it, or have it taken back.";
    HeldStill = "held_still", refusal_held_still, "The decision is held for a moment longer.";
    UndoOver = "undo_over", refusal_undo_over, "It is too late to take this back: it has taken effect.";
    NotYourDecision = "not_your_decision", refusal_not_your_decision, "Only whoever decided can take it back.";
    TooManyOpen = "too_many_open", refusal_too_many_open, "The partner has as many open registrations as the program allows.";
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::refused(refusal.code(), refusal.message())
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self { code: refusal.code().to_owned(), message: refusal.message().to_owned() }
    }
}

impl Refused {
    /// In the reader's language, when the code is known; else as the server wrote it.
    #[must_use]
    pub fn words(&self) -> String {
        let known = Refusal::ALL.iter().find(|refusal| refusal.code() == self.code);
        match (known, self.code.as_str()) {
            (Some(refusal), _) => refusal.words().to_owned(),
            (None, "role") => crate::t::refusal_role().to_owned(),
            (None, _) => self.message.clone(),
        }
    }
}
