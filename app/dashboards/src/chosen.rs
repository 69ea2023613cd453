//! What the address of a dashboard says: period, what it is compared with, and whose figures are meant.
use base::{OrganizationId, ProgramId};
use partners::Segment;

#[cfg(feature = "ssr")]
use crate::measure::{By, Measure};
#[cfg(feature = "ssr")]
use crate::view::Board;

/// What the address chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) period: Option<String>,
    pub(crate) against: Option<String>,
    pub(crate) program: Option<ProgramId>,
    pub(crate) partner: Option<OrganizationId>,
    pub(crate) segment: Segment,
}

impl Chosen {
    /// Reads named texts; what cannot be read is not chosen.
    pub(crate) fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let period = get("period").filter(|text| figures::Period::parse(text).is_some());
        let against = get("against").filter(|text| figures::Against::parse(text).is_some());
        Self {
            period,
            against,
            program: get("program").and_then(|text| text.parse().ok()),
            partner: get("partner").and_then(|text| text.parse().ok()),
            segment: Segment::from_fields(get),
        }
    }

    /// What is chosen, as names and texts for an address.
    pub(crate) fn fields(&self) -> Vec<(&'static str, String)> {
        let own = [
            ("period", self.period.clone()),
            ("against", self.against.clone()),
            ("program", self.program.map(|id| id.to_string())),
            ("partner", self.partner.map(|id| id.to_string())),
        ];
        let own = own.into_iter().filter_map(|(name, text)| Some((name, text?)));
        own.chain(self.segment.fields()).collect()
    }

    /// The address of a page with these choices.
    pub(crate) fn address(&self, path: &str) -> String {
        at(path, &self.fields())
    }

    /// The same with another period.
    pub(crate) fn with_period(&self, period: String) -> Self {
        Self { period: Some(period), ..self.clone() }
    }

    /// The same, compared with something else.
    pub(crate) fn with_against(&self, against: &str) -> Self {
        Self { against: Some(against.to_owned()), ..self.clone() }
    }
}

/// A path with fields behind it.
pub(crate) fn at(path: &str, fields: &[(&str, String)]) -> String {
    let query: Vec<String> =
        fields.iter().map(|(name, text)| format!("{name}={}", base::escape(text))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// What the address of a page may say, read and written again.
///
/// # Errors
/// The first name that the page does not know, or whose value cannot be read.
#[cfg(feature = "ssr")]
pub(crate) fn fields_of(board: Board, query: &str) -> Result<Vec<(&'static str, String)>, String> {
    let pairs = base::pairs(query);
    let get = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone());
    let mut fields = Vec::new();
    if board == Board::Explore {
        let word = |name: &str| get(name).unwrap_or_default();
        fields.extend(Measure::parse(&word("measure")).map(|one| ("measure", one.as_str().to_owned())));
        fields.extend(By::parse(&word("by")).map(|one| ("by", one.as_str().to_owned())));
    }
    fields.extend(Chosen::read(get).fields());
    match pairs.iter().find(|(name, _)| fields.iter().all(|(known, _)| known != name)) {
        Some((name, _)) => Err(name.clone()),
        None => Ok(fields),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_survives_its_address() {
        let chosen = Chosen {
            period: Some("2026-10".into()),
            against: Some("last_year".into()),
            segment: Segment { territory: Some("DACH & CEE".into()), ..Segment::default() },
            ..Chosen::default()
        };
        let address = chosen.address("/overview");
        assert_eq!(address, "/overview?period=2026-10&against=last_year&territory=DACH%20%26%20CEE");
        let pairs = base::pairs(address.split_once('?').unwrap().1);
        let get = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone());
        assert_eq!(Chosen::read(get), chosen);
    }
}
