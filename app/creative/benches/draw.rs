//! How long drawings take: `cargo bench -p creative`.
use creative::draw::{BrandFace, FormState, Ink, Personal, Setting, banner, mail, one_pager, page};
use creative::{Content, PartnerCard, Token, Values, ready};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

fn content(key: &str) -> Content {
    let kit = ready::kit("webinar").expect("the kit");
    let asset = kit.assets.into_iter().find(|asset| asset.key == key).expect("the asset");
    asset.languages["de"].clone()
}

fn setting() -> Setting {
    let of = |text: &str| text.to_owned();
    let ink = Ink {
        ground: of("#ffffff"),
        text: of("#101828"),
        muted: of("#475467"),
        line: of("#d0d5dd"),
        accent: of("#155eef"),
        on_accent: of("#ffffff"),
        link: of("#155eef"),
    };
    // As large as logos are kept.
    let logo = banner(&Content::default(), &Setting::default(), (640, 128));
    Setting {
        brand: BrandFace {
            name: of("Harbor"),
            light: ink.clone(),
            dark: ink,
            logo: Some(logo.clone()),
            ..BrandFace::default()
        },
        card: PartnerCard {
            name: of("Brückner IT GmbH"),
            address: of("Hafenstraße 12\n34125 Kassel"),
            email: of("hallo@brueckner-it.example"),
            website: of("https://www.brueckner-it.example"),
            ..PartnerCard::default()
        },
        partner_logo: Some(logo),
        language: of("de"),
        base_url: of("https://partners.example"),
        landing_url: of("https://partners.example/l/harbor-abc123"),
        motif_base: of("https://partners.example/l/harbor-abc123/motif"),
        ..Setting::default()
    }
}

#[divan::bench]
fn mail_compiled(bencher: Bencher) {
    let (content, setting) = (content("email-1"), setting());
    bencher.bench(|| mail(black_box(&content), &setting));
}

#[divan::bench]
fn mail_filled(bencher: Bencher) {
    let mail = mail(&content("email-1"), &setting());
    let values = Values::from([(Token::FirstName, "Anna".to_owned()), (Token::Company, "R&D".to_owned())]);
    let link = |n: u16| format!("https://partners.example/m/c/{n}-abcdefghijklmnopqrstuvwx");
    let personal = Personal {
        values: &values,
        link: &link,
        unsubscribe: "https://partners.example/m/u/x",
        opened: "https://partners.example/m/o/x",
    };
    bencher.bench_local(|| {
        let personal = black_box(&personal);
        (mail.subject.fill(personal, false), mail.html.fill(personal, true), mail.text.fill(personal, false))
    });
}

#[divan::bench]
fn page_drawn(bencher: Bencher) {
    let (content, setting, form) = (content("page"), setting(), FormState::default());
    bencher.bench(|| page(black_box(&content), &setting, &form, "nonce"));
}

#[divan::bench(args = [(300, 250), (1200, 628)])]
fn banner_drawn(bencher: Bencher, size: (u32, u32)) {
    let (content, setting) = (content("banner"), setting());
    bencher.bench(|| banner(black_box(&content), &setting, size));
}

#[divan::bench]
fn paper_drawn(bencher: Bencher) {
    let (content, setting) = (content("paper"), setting());
    bencher.bench(|| one_pager(black_box(&content), &setting));
}
