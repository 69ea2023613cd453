//! A saved view: a list's filters, order, columns and layout under a name.
use std::fmt;
use std::str::FromStr;

use base::id;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

id!(/// A saved view of the list of deals.
    ViewId, "view");

/// How a list is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    #[default]
    List,
    /// In columns by state.
    Board,
}

impl Layout {
    /// The wire and storage form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Board => "board",
        }
    }

    /// Reads the storage form; anything unknown is a list.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == Self::Board.as_str() { Self::Board } else { Self::List }
    }
}

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// A column of the list that can be shown or left out; the customer always stands first.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ListColumn { $($(#[$doc])* $name),* }

        impl ListColumn {
            /// All of them, in the order in which they stand.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The wire form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

columns! {
    Status = "status",
    Value = "value",
    Products = "products",
    Country = "country",
    Partner = "partner",
    Program = "program",
    ExpectedClose = "expected_close",
    /// When the server received it.
    Registered = "registered",
    /// Until when an answer is due, or how long it is protected.
    Clock = "clock",
    Created = "created",
    Updated = "updated",
}

impl ListColumn {
    /// Those that are shown where nobody chose.
    #[must_use]
    pub fn usual(is_vendor: bool) -> Columns {
        let usual = [Self::Status, Self::Value, Self::Products, Self::Partner, Self::Clock, Self::Updated];
        Columns(usual.into_iter().filter(|column| is_vendor || *column != Self::Partner).collect())
    }
}

/// Several columns in one text, separated by commas: `value,status`. In the order of [`ListColumn::ALL`], each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(pub Vec<ListColumn>);

impl FromStr for Columns {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
        if let Some(unknown) =
            words.iter().find(|word| ListColumn::ALL.iter().all(|column| column.as_str() != **word))
        {
            return Err(format!("there is no column {unknown}"));
        }
        let chosen = ListColumn::ALL.iter().copied().filter(|column| words.contains(&column.as_str()));
        Ok(Self(chosen.collect()))
    }
}

impl fmt::Display for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, column) in self.0.iter().enumerate() {
            write!(f, "{}{}", if place > 0 { "," } else { "" }, column.as_str())?;
        }
        Ok(())
    }
}

impl Serialize for Columns {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Columns {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "ssr")]
impl schemars::JsonSchema for Columns {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Columns".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let words = ListColumn::ALL.iter().map(|column| column.as_str()).collect::<Vec<_>>().join("|");
        schemars::json_schema!({
            "type": "string",
            "description": "Columns, separated by commas; empty for the usual ones.",
            "pattern": format!("^(({words})(,({words}))*)?$")
        })
    }
}

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct View {
    pub id: ViewId,
    pub name: String,
    /// Filters and order as in an address: `status=in_review&sort=-value`.
    pub query: String,
    pub columns: Columns,
    pub layout: Layout,
    /// Whether everybody of the organisation has it.
    pub shared: bool,
    /// Who made it.
    pub owner_name: String,
    /// Whether the asker may rename, change and delete it.
    pub may_change: bool,
    /// Whether the asker's list opens with it.
    pub is_default: bool,
    /// Counts up with every change; send it back as `If-Match`.
    pub version: u32,
}
