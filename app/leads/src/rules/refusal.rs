//! Why the state machine refuses a step: stable codes, with what to do about it.
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
    WrongState = "wrong_state", refusal_wrong_state, "The lead does not stand where this can be done.";
    Final = "final", refusal_final, "This lead became a deal registration; what follows happens there.";
    Dead = "dead", refusal_dead, "This lead was given up. Reopen it first.";
    AlreadyAssigned = "already_assigned", refusal_already_assigned, "The lead is with a partner already. Take it back first.";
    AlreadyAnswered = "already_answered", refusal_already_answered, "The lead has been answered already.";
    NotOffered = "not_offered", refusal_not_offered, "The lead is not offered to you now.";
    NotYours = "not_yours", refusal_not_yours, "The lead is with another partner.";
    OfferOver = "offer_over", refusal_offer_over, "The time to answer is over.";
    OfferRunning = "offer_running", refusal_offer_running, "The partner still has time to answer.";
    AlreadyWarned = "already_warned", refusal_already_warned, "The partner was told already that the time runs out.";
    NeverAgain = "never_again", refusal_never_again, "This partner declined the lead, or did not answer in time, and is not offered it again.";
    UndoOver = "undo_over", refusal_undo_over, "It is too late to undo the answer.";
    NothingToUndo = "nothing_to_undo", refusal_nothing_to_undo, "There is no answer to undo.";
    NotAccepted = "not_accepted", refusal_not_accepted, "Accept the lead first.";
    AlreadyWorking = "already_working", refusal_already_working, "The lead is being worked on already.";
    DealBegun = "deal_begun", refusal_deal_begun, "A deal registration was begun with this lead. Withdraw the draft first.";
    NotWithPartner = "not_with_partner", refusal_not_with_partner, "The lead is not with a partner.";
    StillOpen = "still_open", refusal_still_open, "The lead is open already.";
    PartnersOwn = "partners_own", refusal_partners_own, "A campaign of the partner's own brought this lead; it stays with that partner.";
    NotEnrolled = "not_enrolled", refusal_not_enrolled, "The partner is not an active member of this program.";
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
