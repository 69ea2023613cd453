//! The motifs of kits as small drawings in a brand's colour. The full pictures are drawn by the server for what is sent.
use creative::Motif;
use leptos::prelude::*;

/// Shapes in a box of 120 × 60, in white over the brand's colour.
const fn shapes(motif: Motif) -> &'static str {
    match motif {
        Motif::Waves => {
            r##"<path d="M0 34q15-12 30 0t30 0 30 0 30 0v26H0z" fill="#fff" opacity=".25"/><path d="M0 44q15-10 30 0t30 0 30 0 30 0v16H0z" fill="#fff" opacity=".4"/>"##
        }
        Motif::Grid => {
            r##"<path d="M0 15h120M0 30h120M0 45h120M20 0v60M40 0v60M60 0v60M80 0v60M100 0v60" stroke="#fff" opacity=".3"/><path d="M40 15h20v15H40zM80 30h20v15H80z" fill="#fff" opacity=".5"/>"##
        }
        Motif::Rings => {
            r##"<g fill="none" stroke="#fff" stroke-width="3"><circle cx="60" cy="30" r="10" opacity=".7"/><circle cx="60" cy="30" r="20" opacity=".45"/><circle cx="60" cy="30" r="32" opacity=".25"/></g>"##
        }
        Motif::Steps => {
            r##"<path d="M18 60V46h20v14z" fill="#fff" opacity=".3"/><path d="M46 60V34h20v26z" fill="#fff" opacity=".45"/><path d="M74 60V20h20v40z" fill="#fff" opacity=".65"/>"##
        }
        Motif::Shield => {
            r##"<path d="M60 8l22 8v14c0 13-9 20-22 24-13-4-22-11-22-24V16z" fill="#fff" opacity=".35"/><path d="M50 30l8 8 14-15" fill="none" stroke="#fff" stroke-width="4" opacity=".85"/>"##
        }
        Motif::People => {
            r##"<g fill="#fff"><circle cx="40" cy="24" r="8" opacity=".4"/><circle cx="80" cy="24" r="8" opacity=".4"/><circle cx="60" cy="20" r="10" opacity=".7"/><path d="M24 56c0-22 32-22 32 0zM64 56c0-22 32-22 32 0z" opacity=".3"/><path d="M40 60c0-28 40-28 40 0z" opacity=".6"/></g>"##
        }
        Motif::Calendar => {
            r##"<rect x="38" y="12" width="44" height="38" rx="4" fill="#fff" opacity=".3"/><path d="M38 16a4 4 0 0 1 4-4h36a4 4 0 0 1 4 4v6H38z" fill="#fff" opacity=".65"/><path d="M46 30h8v6h-8zM66 38h8v6h-8z" fill="#fff" opacity=".7"/>"##
        }
        Motif::Chart => {
            r##"<path d="M16 50L44 30l18 10 40-28" fill="none" stroke="#fff" stroke-width="4" opacity=".75"/><path d="M16 50L44 30l18 10 40-28v48H16z" fill="#fff" opacity=".2"/>"##
        }
    }
}

/// A motif over a colour (`#rrggbb`); decoration.
pub(super) fn drawing(motif: Motif, colour: &str) -> AnyView {
    let colour = if colour.is_empty() { "currentColor".to_owned() } else { colour.to_owned() };
    view! {
        <svg class="kit-motif" viewBox="0 0 120 60" width="120" height="60" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            <rect width="120" height="60" fill=colour></rect>
            <g inner_html=shapes(motif)></g>
        </svg>
    }
    .into_any()
}
