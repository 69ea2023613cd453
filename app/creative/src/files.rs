//! Which files can be taken of a piece, by name.
use crate::AssetKind;

/// The sizes of banners, in pixels (IAB display advertising guidelines).
pub const BANNERS: [(u32, u32); 4] = [(300, 250), (728, 90), (160, 600), (1200, 628)];

impl AssetKind {
    /// What can be taken of such a piece, by file name; nothing of an e-mail, which goes to people.
    #[must_use]
    pub fn files(self) -> Vec<String> {
        let fixed: &[&str] = match self {
            Self::LandingPage => &["qr.svg"],
            Self::Social => &["post.png", "post.txt"],
            Self::OnePager => &["one-pager.pdf"],
            Self::Invitation => &["event.ics"],
            Self::Banner => {
                return BANNERS
                    .iter()
                    .map(|(width, height)| format!("banner-{width}x{height}.png"))
                    .collect();
            }
            Self::Email => &[],
        };
        fixed.iter().map(|name| (*name).to_owned()).collect()
    }
}
