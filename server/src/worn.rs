//! What a page wears: the face of its brand, or that of a link to a preview.
use access::ProgramRef;
use axum::http::{HeaderMap, header};
use base::{BrandId, Parts, Problem};
use kit::catalogue::Locale;
use kit::{BrandFace, Voice};
use programs::Brand;
use themes::SharedTheme;

/// Hue and chroma where no brand is known: before signing in.
const HOUSE_COLOUR: (u16, u16) = (262, 170);

/// The brand that a page belongs to.
#[derive(Clone, Debug)]
pub(crate) struct Worn {
    id: BrandId,
    name: String,
    /// Hue and chroma, where it comes with a host name or a program.
    colour: (u16, u16),
}

/// The brand whose host name was asked, or else that of the visitor's program; before signing in the only one that there
/// is. And what it says.
pub(crate) async fn brand(
    parts: &Parts,
    host: Option<&Brand>,
    program: Option<&ProgramRef>,
) -> Result<(Option<Worn>, Voice), Problem> {
    let (id, colour) = match (host, program) {
        (Some(brand), _) => (brand.id, (brand.hue, (brand.chroma * 1000.0).round() as u16)),
        (None, Some(program)) => (program.brand_id, (program.hue, program.chroma)),
        (None, None) => match access::server::only_brand(parts).await? {
            Some(id) => (id, HOUSE_COLOUR),
            None => return Ok((None, Voice::SILENT)),
        },
    };
    let found = access::server::voice_of(parts, id).await?;
    Ok(found.map_or((None, Voice::SILENT), |(name, voice)| (Some(Worn { id, name, colour }), voice)))
}

/// The style of the page: of the link's theme, of the theme that its brand has published, or the brand's hue alone.
pub(crate) async fn face(
    parts: &Parts,
    brand: Option<&Worn>,
    shared: Option<&SharedTheme>,
) -> Result<String, Problem> {
    if let Some(shared) = shared {
        return Ok(themes::rules::css(&shared.theme));
    }
    if let Some(brand) = brand
        && let Some(face) = themes::server::face(parts, brand.id).await?
    {
        return Ok(face);
    }
    let (hue, chroma) = brand.map_or(HOUSE_COLOUR, |brand| brand.colour);
    Ok(kit::hue_alone(hue, chroma))
}

/// The icons and pictures of the page's brand; none where no brand is known, or one that only a link shows.
pub(crate) async fn pictures(
    parts: &Parts,
    brand: Option<&Worn>,
    shared: Option<&SharedTheme>,
) -> Result<Option<(themes::icons::Icons, kit::Emblem)>, Problem> {
    let (Some(brand), None) = (brand, shared) else { return Ok(None) };
    let (hue, chroma) = brand.colour;
    let plain = || themes::Theme::of(themes::rules::colour_of(hue, f64::from(chroma) / 1000.0));
    let theme = themes::server::worn(parts, brand.id).await?.unwrap_or_else(plain);
    let icons = themes::icons::icons(&theme, brand.id, pictures::initial(&brand.name));
    Ok(Some((icons, theme.emblem())))
}

/// What the page shows of its brand beside colours.
pub(crate) fn shown(brand: Option<&Worn>, shared: Option<&SharedTheme>, said: &Voice) -> BrandFace {
    match (shared, brand) {
        (Some(shared), _) => BrandFace::of(&shared.brand_name, &shared.theme.voice),
        (None, Some(brand)) => BrandFace::of(&brand.name, said),
        (None, None) => BrandFace::default(),
    }
}

/// Whether a browser asks for none of the languages that there are.
pub(crate) fn names_no_language(headers: &HeaderMap) -> bool {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Locale::named(asked.unwrap_or_default()).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_browser_names_one_of_our_languages_or_none() {
        for (asked, none) in
            [(None, true), (Some("it-IT,it;q=0.9"), true), (Some("it, fr;q=0.5"), false), (Some("*"), true)]
        {
            let mut headers = HeaderMap::new();
            if let Some(asked) = asked {
                headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(asked));
            }
            assert_eq!(names_no_language(&headers), none, "{asked:?}");
        }
    }
}
