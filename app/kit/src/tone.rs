//! What a colour means.

/// A meaning that a tag, a banner or a bar carries, beside its words and its shape.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    /// Says nothing about better or worse.
    #[default]
    Neutral,
    /// New, selected, or simply the brand's.
    Accent,
    /// As it should be.
    Good,
    /// Needs a look soon.
    Warn,
    /// Wrong, refused or over.
    Bad,
}

impl Tone {
    /// All, in the order of the gallery.
    pub const ALL: [Self; 5] = [Self::Neutral, Self::Accent, Self::Good, Self::Warn, Self::Bad];

    /// The class that gives the colour.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}
