//! Why a lead is declined, or given up: stable codes.
use serde::{Deserialize, Serialize};

macro_rules! reasons {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $case:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
        pub enum $name { $($(#[$about])* #[serde(rename = $text)] $case,)* }

        impl $name {
            /// All, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$case,)*];

            /// The wire form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$case => $text,)* }
            }
        }
    };
}

reasons! {
    /// Why a partner does not want a lead, or gives it back. The codes are stable.
    DeclineReason {
        /// No people free for it.
        NoCapacity = "no_capacity",
        /// Too far away, or another country.
        OutsideArea = "outside_area",
        /// Not what the partner sells.
        WrongFit = "wrong_fit",
        /// The partner knows the company from elsewhere and must not, or will not, work with it.
        KnownConflict = "known_conflict",
        /// There is nothing in it.
        NotQualified = "not_qualified",
        /// The company cannot be reached.
        Unreachable = "unreachable",
        Other = "other",
    }
}

reasons! {
    /// Why a vendor gives a lead up. The codes are stable.
    DeadReason {
        NoInterest = "no_interest",
        NoBudget = "no_budget",
        ChoseOther = "chose_other",
        Unreachable = "unreachable",
        Duplicate = "duplicate",
        /// No real company, or no real person.
        Spam = "spam",
        Other = "other",
    }
}
