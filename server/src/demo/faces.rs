//! The faces of the demo's brands: colours, and pictures that are drawn here and go the way of every uploaded one.
use base::http::Perform;
use base::{Actor, BrandId, Parts};
use themes::{PictureUse, PublishTheme, Theme};

use super::told;
use crate::Failure;

/// A brand's sign, and its name as the logo says it.
pub(super) struct Sign {
    name: &'static str,
    /// Elements of SVG in a square of 64, in the brand's colour.
    sign: &'static str,
}

/// A cloud over a horizon.
pub(super) const CLOUD: Sign = Sign {
    name: "Northwind Cloud",
    sign: "<path d=\"M20 46a12 12 0 0 1-1-24 16 16 0 0 1 30.500 3.500A10.500 10.500 0 0 1 48 46z\"/>\
           <rect x=\"14\" y=\"52\" width=\"36\" height=\"5\" rx=\"2.500\"/>",
};

/// A lighthouse between two waves.
pub(super) const HARBOR: Sign = Sign {
    name: "Harbor Data",
    sign: "<path d=\"M27 18h10l4 26H23z\"/><rect x=\"25\" y=\"8\" width=\"14\" height=\"7\" rx=\"2\"/>\
           <path d=\"M6 50q6.500-6 13 0t13 0 13 0 13 0v8q-6.500 6-13 0t-13 0-13 0-13 0z\"/>",
};

/// On dark grounds: the light end of every colour.
const LIGHT: &str = "#eef2f7";

impl Sign {
    fn mark(&self, colour: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\" width=\"512\" height=\"512\"><g fill=\"{colour}\">{}</g></svg>",
            self.sign
        )
    }

    fn logo(&self, colour: &str, ink: &str) -> Result<String, Failure> {
        let (words, width) = pictures::capitals(self.name, 24.0).ok_or("a name that can be drawn")?;
        let whole = (width + 78.0).ceil();
        Ok(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} 64\" width=\"{whole}\" height=\"64\">\
             <g fill=\"{colour}\">{}</g><g fill=\"{ink}\" transform=\"translate(76 20)\">{words}</g></svg>",
            self.sign
        ))
    }
}

/// Publishes the first face of a brand.
pub(super) async fn publish(
    parts: &Parts,
    by: &Actor,
    id: BrandId,
    mut theme: Theme,
    sign: &Sign,
) -> Result<(), Failure> {
    let colour = theme.colour.to_string();
    let pictures = [
        (PictureUse::Logo, sign.logo(&colour, "#1b2430")?),
        (PictureUse::LogoDark, sign.logo(LIGHT, LIGHT)?),
        (PictureUse::Mark, sign.mark(&colour)),
    ];
    for (purpose, svg) in pictures {
        let uploaded = themes::server::upload(parts, by, id, purpose, svg.into_bytes()).await;
        theme.wear(purpose, Some(told(uploaded, sign.name)?.hash));
    }
    let publish = PublishTheme { id, theme, note: "Our first face".to_owned(), version: None };
    told(publish.perform(parts, by).await, "a theme").map(drop)
}
