//! Nouns: a kit with its draft, and the versions of it that were published.
use base::{BrandId, KitId, OrganizationId, ProgramId, Timestamp, words};
use creative::{Asset, AssetKind, BrandRules, Motif, Topic};
use serde::{Deserialize, Serialize};

/// Pieces of one kit at most.
pub const MOST_ASSETS: usize = 40;

words! {
    /// How far a kit is.
    KitState {
        /// Being made; nobody but the vendor knows of it.
        Draft = "draft",
        /// Partners make campaigns of it.
        Published = "published",
        /// Not offered any more; campaigns that were made of it go on.
        Retired = "retired",
        /// Taken back: campaigns that were made of the version stop.
        Recalled = "recalled",
    }
}

words! {
    /// What became of a published version.
    KitVersionState {
        /// The one that campaigns are made of.
        Published = "published",
        /// A later one took its place; campaigns that were made of it go on.
        Superseded = "superseded",
        /// Taken back: nothing of it goes out any more.
        Recalled = "recalled",
    }
}

/// What became of a published version.
pub type VersionState = KitVersionState;

/// What a vendor gives partners to market with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Kit {
    pub id: KitId,
    pub vendor: OrganizationId,
    pub program: ProgramId,
    pub program_name: String,
    pub brand: BrandId,
    pub brand_name: String,
    /// Of the brand, as `#rrggbb`.
    pub colour: String,
    /// As it was published; of a kit that never was, as it is being made.
    pub name: String,
    pub about: String,
    pub topic: Topic,
    pub state: KitState,
    /// Of the version that was published last; 0 for none.
    pub number: u32,
    /// Tags of its languages, in the order of the alphabet.
    pub languages: Vec<String>,
    /// What its pieces are, in their order.
    pub kinds: Vec<AssetKind>,
    /// Of its first drawn picture.
    pub motif: Motif,
    /// Whether something was changed since it was published. Always false for partners.
    pub is_drafted: bool,
    /// When its draft was kept or its state moved last.
    pub changed_at: Timestamp,
    /// Told to the vendor's own people only.
    pub changed_by_name: Option<String>,
    pub published_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// Counts changes; the `ETag`.
    pub version: u32,
}

/// What is made in the editor and published as one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[garde(allow_unvalidated)]
pub struct KitContent {
    #[garde(custom(base::filled), length(chars, max = 120))]
    pub name: String,
    /// For whom and what for, in a few sentences.
    #[serde(default)]
    #[garde(length(chars, max = 600))]
    pub about: String,
    pub topic: Topic,
    #[serde(default)]
    #[garde(length(max = MOST_ASSETS), dive)]
    pub assets: Vec<Asset>,
    #[serde(default)]
    #[garde(dive)]
    pub rules: BrandRules,
}

/// A kit with everything in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct WholeKit {
    #[serde(flatten)]
    pub kit: Kit,
    /// To the vendor the draft, and without one what is published; to a partner what is published.
    pub content: KitContent,
    /// Number of the version that was published when the draft was begun; 0 for none.
    pub based_on: u32,
}

/// One published version; it never changes but for its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct KitVersion {
    pub kit: KitId,
    /// Counts up by one within the kit, from 1.
    pub number: u32,
    pub name: String,
    pub about: String,
    pub topic: Topic,
    pub assets: Vec<Asset>,
    pub rules: BrandRules,
    pub state: KitVersionState,
    pub published_at: Timestamp,
    pub published_by_name: String,
    /// What was said about the change.
    pub note: String,
}

impl KitVersion {
    /// What was published.
    #[must_use]
    pub fn content(&self) -> KitContent {
        KitContent {
            name: self.name.clone(),
            about: self.about.clone(),
            topic: self.topic,
            assets: self.assets.clone(),
            rules: self.rules.clone(),
        }
    }
}

/// Why and by whom a version was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct KitRecall {
    pub at: Timestamp,
    pub by_name: String,
    pub reason: String,
}

/// A version in the list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct KitVersionRow {
    pub number: u32,
    pub name: String,
    pub state: KitVersionState,
    pub published_at: Timestamp,
    pub published_by_name: String,
    pub note: String,
    pub recall: Option<KitRecall>,
}

/// A kit that is ready to be taken over, as the gallery shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ReadyKitCard {
    /// By which a kit is made from it.
    pub key: String,
    /// In the reader's language where it has it, else in English.
    pub name: String,
    pub about: String,
    pub topic: Topic,
    pub languages: Vec<String>,
    pub kinds: Vec<AssetKind>,
    pub motif: Motif,
}

/// How one piece of a kit looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct KitPreview {
    /// With the partner's and a person's words in it.
    pub subject: String,
    /// A whole document.
    pub html: String,
    /// The text part of an e-mail, the words of a post; else empty.
    pub text: String,
    /// What the brand check found.
    pub found: Vec<creative::check::Found>,
}
