//! Enumerations that are one word each on the wire and in the store.

/// Declares such an enumeration, with all its cases, its words and the way back: `words! { /// Doc.
/// Name { /// Doc. Case = "case", } }`. The crate needs `serde` and, with feature `ssr`, `schemars`.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $case:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        #[cfg_attr(feature = "ssr", derive(::schemars::JsonSchema))]
        pub enum $name {
            $($(#[$about])* #[serde(rename = $text)] $case,)*
        }

        impl $name {
            /// All, in the order people are shown them.
            pub const ALL: &[Self] = &[$(Self::$case,)*];

            /// The wire and storage form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$case => $text,)* }
            }

            /// Reads the wire form.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == text)
            }
        }
    };
}
