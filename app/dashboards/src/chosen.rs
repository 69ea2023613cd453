//! What the address of a dashboard says: period, what it is compared with, and whose figures are meant.
use base::{OrganizationId, ProgramId};
use partners::Segment;

use crate::measure::{By, Measure};
use crate::verbs::ExploreFigures;
#[cfg(feature = "ssr")]
use crate::view::Board;

/// What stands for all programs in an address.
const EVERY: &str = "all";

/// What the address chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) period: Option<String>,
    pub(crate) against: Option<String>,
    pub(crate) program: Option<ProgramId>,
    /// All programs, where the page is otherwise of the one that it stands in: a partner's home.
    pub(crate) every: bool,
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
            every: get("program").as_deref() == Some(EVERY),
            partner: get("partner").and_then(|text| text.parse().ok()),
            segment: Segment::from_fields(get),
        }
    }

    /// What is chosen, as names and texts for an address.
    pub(crate) fn fields(&self) -> Vec<Field> {
        let own = [
            ("period", self.period.clone()),
            ("against", self.against.clone()),
            (
                "program",
                self.program.map(|id| id.to_string()).or_else(|| self.every.then(|| EVERY.to_owned())),
            ),
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

/// What the explorer's address chooses besides.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct What {
    pub(crate) measure: Option<Measure>,
    pub(crate) by: Option<By>,
    /// Month by month besides.
    pub(crate) months: bool,
}

impl What {
    /// Reads named texts; what cannot be read is not chosen.
    pub(crate) fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).unwrap_or_default();
        let (measure, by) = (Measure::parse(&text("measure")), By::parse(&text("by")));
        Self { measure, by, months: text("months") == "true" }
    }

    /// What is chosen, as names and texts for an address.
    pub(crate) fn fields(self) -> Vec<Field> {
        let all = [
            ("measure", self.measure.map(Measure::as_str)),
            ("by", self.by.map(By::as_str)),
            ("months", self.months.then_some("true")),
        ];
        all.into_iter().filter_map(|(name, text)| Some((name, text?.to_owned()))).collect()
    }

    /// What is asked with these choices. A figure that is chosen while it does not fit what it was told apart by is told
    /// apart by what it fits.
    pub(crate) fn ask(self, chosen: Chosen) -> ExploreFigures {
        let Chosen { period, against, program, partner, segment, .. } = chosen;
        let by = self.by.filter(|by| self.measure.unwrap_or(Measure::WonValue).fits(*by));
        let months = self.months.then_some(true);
        ExploreFigures { measure: self.measure, by, months, period, against, program, partner, segment }
    }
}

/// A name and a text of an address.
pub(crate) type Field = (&'static str, String);

/// Fields as the query of an address.
pub(crate) fn query(fields: &[Field]) -> String {
    let parts: Vec<String> =
        fields.iter().map(|(name, text)| format!("{name}={}", base::escape(text))).collect();
    parts.join("&")
}

/// A path with fields behind it.
pub(crate) fn at(path: &str, fields: &[Field]) -> String {
    if fields.is_empty() { path.to_owned() } else { format!("{path}?{}", query(fields)) }
}

/// What the address of a page may say, read and written again.
///
/// # Errors
/// The first name that the page does not know, or whose value cannot be read.
#[cfg(feature = "ssr")]
pub(crate) fn fields_of(board: Board, query: &str) -> Result<Vec<Field>, String> {
    let get = base::named(query);
    let mut fields = if board == Board::Explore { What::read(&get).fields() } else { Vec::new() };
    fields.extend(Chosen::read(get).fields());
    let pairs = base::pairs(query);
    match pairs.iter().find(|(name, _)| fields.iter().all(|(known, _)| known != name)) {
        Some((name, _)) => Err(name.clone()),
        None => Ok(fields),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_not_asked_by_what_it_cannot_be_told_apart_by() {
        let ask = |query: &str| What::read(base::named(query)).ask(Chosen::default());
        assert_eq!(ask("measure=open_value&by=month").by, None);
        assert_eq!(ask("measure=open_value&by=tier").by, Some(By::Tier));
        assert_eq!(ask("by=state").by, None, "without a figure it is the value won");
    }

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
        assert_eq!(Chosen::read(base::named(address.split_once('?').unwrap().1)), chosen);
        let every = Chosen { every: true, ..Chosen::default() };
        assert_eq!(every.address("/"), "/?program=all");
        assert_eq!(Chosen::read(base::named("program=all")), every);
    }
}
