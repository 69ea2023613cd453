//! Writes filled sheets as a PDF file with the receipt attached.
use base::Problem;
use pdf_writer::types::{ActionType, AnnotationType, AssociationKind};
use pdf_writer::writers::FileSpec;
use pdf_writer::{Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::sheet::{PAGE, Sheets};

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const ABOUT: Ref = Ref::new(3);
const ATTACHED: Ref = Ref::new(4);
const SPEC: Ref = Ref::new(5);
const PLAIN: Ref = Ref::new(10);
const BOLD: Ref = Ref::new(20);
/// Two objects a page from here on.
const FIRST_PAGE: i32 = 30;
/// The name under which readers show the attachment.
const FILE: &str = "receipt.json";

/// The file. `attached` is the receipt; it is written as it is, so that it can be found in the file as text.
pub(super) fn file(sheets: Sheets, title: &str, language: &str, attached: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut pdf = Pdf::new();
    let mut catalog = pdf.catalog(CATALOG);
    catalog.pages(PAGES).lang(TextStr(language));
    catalog.viewer_preferences().display_doc_title(true);
    catalog.names().embedded_files().names().insert(Str(FILE.as_bytes()), SPEC);
    catalog.insert(Name(b"AF")).array().item(SPEC);
    catalog.finish();
    pdf.document_info(ABOUT).title(TextStr(title)).creator(TextStr("Rialto"));
    sheets.plain.write(&mut pdf, PLAIN)?;
    sheets.bold.write(&mut pdf, BOLD)?;
    let count = sheets.pages.len() as i32;
    let page = |n: i32| Ref::new(FIRST_PAGE + 2 * n);
    pdf.pages(PAGES).kids((0..count).map(page)).count(count);
    // Links stand on the first page only.
    let links: Vec<Ref> = (1..).map(|n| Ref::new(page(count).get() + n)).take(sheets.links.len()).collect();
    for (id, (address, [left, bottom, right, top])) in links.iter().zip(&sheets.links) {
        let mut link = pdf.annotation(*id);
        link.subtype(AnnotationType::Link).rect(Rect::new(*left, *bottom, *right, *top));
        link.border(0.0, 0.0, 0.0, None);
        link.action().action_type(ActionType::Uri).uri(Str(address.as_bytes()));
    }
    for (n, content) in (0..count).zip(sheets.pages) {
        let text = Ref::new(page(n).get() + 1);
        let mut sheet = pdf.page(page(n));
        sheet.parent(PAGES).media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1)).contents(text);
        sheet.resources().fonts().pair(Name(b"P"), PLAIN).pair(Name(b"B"), BOLD);
        if n == 0 {
            sheet.annotations(links.iter().copied());
        }
        sheet.finish();
        pdf.stream(text, &content.finish());
    }
    let mut embedded = pdf.embedded_file(ATTACHED, attached);
    embedded.subtype(Name(b"application/json"));
    embedded.params().size(attached.len() as i32);
    embedded.finish();
    pdf.indirect(SPEC)
        .start::<FileSpec>()
        .path(Str(FILE.as_bytes()))
        .unic_file(TextStr(FILE))
        .association_kind(AssociationKind::Source)
        .embedded_file(ATTACHED);
    Ok(pdf.finish())
}
