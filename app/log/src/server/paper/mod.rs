//! The receipt on paper: a PDF that says what the receipt says, with a code that leads to the verifier and the receipt
//! itself attached.
mod face;
mod sheet;
mod write;

use base::Problem;
use qrcode::{Color, EcLevel, QrCode};

use crate::receipt::{Receipt, flat};
use crate::slip::Slip;
use crate::t;
use sheet::{BOTTOM, LEFT, Sheets, TOP, WIDTH};

/// Side of the code in points: 42 mm, which a telephone reads from paper.
const CODE: f32 = 119.0;
/// Where the column of values begins.
const VALUES: f32 = 120.0;
const INK: f32 = 0.08;
const GREY: f32 = 0.42;

/// The address of the verifier for a receipt's entry.
#[must_use]
pub fn verifier(base_url: &str, receipt: &Receipt) -> String {
    format!("{base_url}{}?{}", kit::paths::VERIFY, Slip::of(receipt).to_query())
}

/// Whose paper it is: a name and the colour that it wears. The receipt itself says nothing of either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letterhead {
    pub name: String,
    /// Red, green and blue; words in it can be read on white.
    pub colour: [u8; 3],
}

/// A receipt as PDF, in the reader's language.
///
/// # Errors
/// `Internal` when the fonts cannot be read or the address does not fit a code.
pub fn pdf(receipt: &Receipt, base_url: &str, of: Option<&Letterhead>) -> Result<Vec<u8>, Problem> {
    let address = verifier(base_url, receipt);
    let mut sheets = Sheets::new()?;
    code(&mut sheets, &address)?;
    if let Some(Letterhead { name, colour }) = of {
        sheets.band(*colour);
        sheets.name(name, LEFT, WIDTH - CODE - 24.0, 11.0, *colour);
    }
    head(&mut sheets, receipt);
    // The first page's text stays left of the code until it is past it.
    sheets.below(TOP - CODE - 34.0);
    section(&mut sheets, t::claimed());
    for (name, value) in flat(&receipt.claim) {
        fact(&mut sheets, &name, &value, 9.0);
    }
    section(&mut sheets, t::details());
    let mut hashes = vec![
        (t::claim_hash(), receipt.claim_hash.clone()),
        (t::entry_hash(), receipt.entry_hash.clone()),
        (t::prev_hash(), receipt.prev_hash.clone()),
        (t::root(), format!("{} ({})", receipt.root, receipt.tree_size)),
    ];
    hashes.extend(receipt.inclusion.iter().map(|hash| (t::inclusion_path(), hash.clone())));
    hashes.push((t::key_id(), format!("{} · {}", receipt.key_id, receipt.public_key)));
    hashes.push((t::signature(), receipt.signature.clone()));
    for (name, value) in hashes {
        fact(&mut sheets, name, &value, 7.0);
    }
    section(&mut sheets, t::check_yourself());
    sheets.paragraph(t::paper_hint(), LEFT, WIDTH, 9.0, GREY);
    sheets.paragraph("rialto verify receipt.json", LEFT, WIDTH, 9.0, INK);
    sheets.paragraph(&address, LEFT, WIDTH, 7.0, GREY);
    let attached = serde_json::to_vec(receipt).map_err(Problem::internal)?;
    write::file(sheets, t::receipt_title(), kit::catalogue::locale().tag(), &attached)
}

fn head(sheets: &mut Sheets, receipt: &Receipt) {
    let width = WIDTH - CODE - 24.0;
    sheets.title(t::receipt_title(), LEFT, width, 19.0);
    sheets.paragraph(t::receipt_lead(), LEFT, width, 9.5, GREY);
    sheets.gap(8.0);
    let moment = receipt.priority_at.to_string().replace('T', " ").replace('Z', " UTC");
    let facts = [
        (t::subject(), receipt.deal.clone()),
        (t::priority_at(), moment),
        (t::seq(), receipt.seq.to_string()),
        (t::log_index(), receipt.log_index.to_string()),
        (t::vendor(), receipt.vendor.to_string()),
    ];
    for (name, value) in facts {
        let top = sheets.at();
        sheets.paragraph(name, LEFT, VALUES - 8.0, 9.0, GREY);
        let below = sheets.at();
        sheets.back_to(top);
        sheets.paragraph(&value, LEFT + VALUES, width - VALUES, 9.0, INK);
        sheets.below(below);
    }
}

fn section(sheets: &mut Sheets, name: &str) {
    sheets.gap(10.0);
    sheets.keep(40.0);
    sheets.line();
    sheets.gap(6.0);
    sheets.title(name, LEFT, WIDTH, 11.0);
}

fn fact(sheets: &mut Sheets, name: &str, value: &str, size: f32) {
    sheets.keep(2.0 * size);
    let (page, top) = (sheets.page(), sheets.at());
    sheets.paragraph(name, LEFT, VALUES - 8.0, size.max(8.0), GREY);
    let (later, below) = (sheets.page(), sheets.at());
    if later == page {
        sheets.back_to(top);
    }
    sheets.paragraph(value, LEFT + VALUES, WIDTH - VALUES, size, INK);
    if sheets.page() == later {
        sheets.below(below.max(BOTTOM));
    }
}

fn code(sheets: &mut Sheets, address: &str) -> Result<(), Problem> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(Problem::internal)?;
    let (side, dark) = (code.width(), code.to_colors());
    let unit = CODE / side as f32;
    let (left, top) = (LEFT + WIDTH - CODE, TOP);
    for (row, modules) in dark.chunks(side).enumerate() {
        let mut column = 0;
        // Neighbours become one bar: a third of the drawing, and no white line shows between them.
        for run in modules.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let bottom = top - (row + 1) as f32 * unit;
                sheets.bar(left + column as f32 * unit, bottom, run.len() as f32 * unit, unit);
            }
            column += run.len();
        }
    }
    sheets.caption(t::scan_to_check(), left, top - CODE - 11.0, 8.0);
    sheets.link(address, left, top - CODE, CODE);
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::receipt::find;
    use crate::server::tests::sample;

    #[test]
    fn a_receipt_on_paper_carries_itself_and_can_be_found_in_the_file() {
        let (receipt, _) = sample();
        let file = pdf(&receipt, "https://partners.example", None).unwrap();
        assert!(file.starts_with(b"%PDF-1.7"));
        assert!(file.len() < 120_000, "only the letters that are used are in the file: {}", file.len());
        assert_eq!(find(&String::from_utf8_lossy(&file)), Some(receipt));
    }

    #[test]
    fn a_long_claim_in_other_scripts_goes_on_over_pages() {
        let (mut receipt, _) = sample();
        let notes = "Łódź, Ελλάδα, Київ, Đà Nẵng: ein sehr langer Text. ".repeat(250);
        receipt.claim =
            json!({ "customer": { "name": "Žižkov & Φως" }, "notes": notes, "word": "w".repeat(500) });
        let file = pdf(&receipt, "https://partners.example", None).unwrap();
        let text = String::from_utf8_lossy(&file);
        assert!(text.matches("/Type /Page\n").count() > 1 || text.matches("/MediaBox").count() > 1);
        assert_eq!(find(&text), Some(receipt));
    }

    #[test]
    fn paper_of_a_brand_wears_its_colour_and_the_receipt_stays_what_it_was() {
        let (receipt, _) = sample();
        let of = Letterhead { name: "Żeglarz Data".to_owned(), colour: [11, 117, 125] };
        let file = pdf(&receipt, "https://partners.example", Some(&of)).unwrap();
        let text = String::from_utf8_lossy(&file);
        assert_eq!(find(&text), Some(receipt.clone()));
        let plain = pdf(&receipt, "https://partners.example", None).unwrap();
        let coloured = |text: &str| text.matches(" rg\n").count();
        // The band and the name; paper of nobody's is black and grey.
        assert_eq!(coloured(&text), coloured(&String::from_utf8_lossy(&plain)) + 2);
    }

    #[test]
    fn the_code_leads_to_the_entry() {
        let (receipt, _) = sample();
        let address = verifier("https://partners.example", &receipt);
        let (page, query) = address.split_once('?').unwrap();
        assert_eq!(page, "https://partners.example/verify");
        let field = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
        };
        assert_eq!(Slip::from_query(field), Some(Slip::of(&receipt)));
    }
}
