//! One look at an asset: what each finding is.
use super::{Finding, Found, phrases, spam, spot};
use crate::blocks::{flat, plain};
use crate::logo::{contrast_on_card, drawn_size};
use crate::text::one_line;
use crate::{
    Asset, AssetKind, Block, BrandRules, Content, Part, PartnerCard, Picture, Target, Token, tokens_in,
};

/// Least height and width of a logo as it is drawn, in CSS pixels.
const LEAST: (u32, u32) = (80, 32);
/// Words on the partner's colour (WCAG 2.2, 1.4.3).
const CONTRAST: f64 = 4.5;
/// Longest subject that telephones show, in characters.
const SUBJECT: usize = 60;
/// Most pictures of a mail, and least characters of text for each.
const PICTURES: (usize, usize) = (5, 150);
/// Where mail programs cut, in bytes.
const HEAVY: usize = 102_000;

/// A look under way.
pub(super) struct Look<'a> {
    pub(super) asset: &'a Asset,
    pub(super) language: &'a str,
    pub(super) content: &'a Content,
    pub(super) card: &'a PartnerCard,
    pub(super) rules: &'a BrandRules,
    pub(super) blocks: Vec<&'a Block>,
    pub(super) found: Vec<Found>,
}

impl<'a> Look<'a> {
    pub(super) fn new(
        asset: &'a Asset,
        language: &'a str,
        content: &'a Content,
        card: &'a PartnerCard,
        rules: &'a BrandRules,
    ) -> Self {
        Self { asset, language, content, card, rules, blocks: flat(content), found: Vec::new() }
    }

    pub(super) fn add(&mut self, finding: Finding, block: &str, about: impl Into<String>) {
        let about = about.into().chars().take(200).collect();
        let found =
            Found { finding, weight: finding.weight(), spot: spot(self.asset, self.language, block), about };
        if !self.found.contains(&found) {
            self.found.push(found);
        }
    }

    fn is_mail(&self) -> bool {
        self.asset.kind == AssetKind::Email
    }

    /// Every text with the block it stands in; those of no block have an empty one.
    pub(super) fn texts(&self) -> Vec<(String, String)> {
        let content = self.content;
        let own = [&content.subject, &content.other_subject, &content.summary];
        let own = own.into_iter().map(|text| (String::new(), text.clone()));
        let of = |block: &&Block| {
            let mut all: Vec<String> = block.part.texts().into_iter().map(str::to_owned).collect();
            if block.part == Part::PartnerCard {
                let card = self.card;
                all.extend(
                    [&card.name, &card.about, &card.signed_by, &card.signed_as].map(|text| one_line(text)),
                );
            }
            let id = block.id.clone();
            all.into_iter().map(move |text| (id.clone(), text)).collect::<Vec<_>>()
        };
        own.chain(self.blocks.iter().flat_map(of)).filter(|(_, text)| !text.trim().is_empty()).collect()
    }

    /// What a token stands for as far as it is known before anybody is written to.
    fn known(&self, token: Token) -> Option<&str> {
        let card = self.card;
        let text = match token {
            Token::PartnerName => &card.name,
            Token::PartnerPhone => &card.phone,
            Token::PartnerEmail => &card.email,
            Token::PartnerWebsite => &card.website,
            Token::SignedBy => &card.signed_by,
            _ => return None,
        };
        Some(text.trim()).filter(|text| !text.is_empty())
    }

    /// A text as people read it who are known by nothing.
    pub(super) fn read(&self, text: &str) -> String {
        let value = |token: Token, fallback: Option<&str>| {
            self.known(token).or(fallback).unwrap_or_default().to_owned()
        };
        plain(text, &value)
    }

    /// Logo and colour of the partner.
    pub(super) fn card(&mut self) {
        let card = self.card;
        let (width, height) = drawn_size(card.logo_size);
        match &card.logo {
            None if self.rules.logo_needed => self.add(Finding::LogoMissing, "", ""),
            Some(_) if width < LEAST.0 || height < LEAST.1 => {
                self.add(Finding::LogoSmall, "", format!("{width} × {height}"));
            }
            _ => {}
        }
        let coloured =
            |part: &Part| matches!(part, Part::PartnerCard | Part::Button { target: Target::Partner, .. });
        let drawn = matches!(self.asset.kind, AssetKind::Banner | AssetKind::OnePager | AssetKind::Social);
        let block = self.blocks.iter().find(|block| coloured(&block.part)).map(|block| block.id.clone());
        if card.colour.is_empty() || (block.is_none() && !drawn) {
            return;
        }
        match contrast_on_card(card) {
            Some(ratio) if ratio >= CONTRAST => {}
            // Rounded down: 4.49 is not 4.5.
            Some(ratio) => {
                let ratio = (ratio * 10.0).floor() / 10.0;
                self.add(Finding::LowContrast, &block.unwrap_or_default(), format!("{ratio:.1}"));
            }
            None => self.add(Finding::LowContrast, &block.unwrap_or_default(), card.colour.clone()),
        }
    }

    /// What must not be said, and what filters of mail do not like.
    pub(super) fn words(&mut self) {
        for (block, text) in self.texts() {
            let said = phrases::normal(&self.read(&text));
            for phrase in phrases::of(&said, &self.rules.banned) {
                self.add(Finding::BannedPhrase, &block, phrase);
            }
            if self.is_mail() {
                for phrase in spam::of(&said, self.language) {
                    self.add(Finding::SpamWords, &block, phrase);
                }
            }
        }
    }

    /// Tokens that nothing stands for.
    pub(super) fn tokens(&mut self) {
        let event = self.blocks.iter().any(|block| matches!(block.part, Part::Event { .. }));
        for (block, text) in self.texts() {
            let (known, odd) = tokens_in(&text);
            for text in odd {
                self.add(Finding::UnresolvedToken, &block, text);
            }
            for (token, fallback) in known {
                let resolved = match token {
                    Token::BrandName => true,
                    Token::EventDay | Token::EventTime => event || fallback.is_some(),
                    token => self.known(token).is_some() || fallback.is_some(),
                };
                if !resolved {
                    self.add(Finding::UnresolvedToken, &block, token.as_str());
                }
            }
        }
    }

    /// Pictures that say nothing to those who do not see them, and too many of them.
    pub(super) fn pictures(&mut self) {
        let mut count = 0;
        for block in self.blocks.clone() {
            if let Part::Image { picture, alt } = &block.part {
                count += 1;
                // What is drawn from the brand's colours is decoration.
                if alt.trim().is_empty() && matches!(picture, Picture::Uploaded { .. }) {
                    self.add(Finding::AltMissing, &block.id, "");
                }
            }
        }
        let letters: usize = self.texts().iter().map(|(_, text)| text.chars().count()).sum();
        if self.is_mail() && count > 0 && (count > PICTURES.0 || letters < PICTURES.1 * count) {
            self.add(Finding::ImageHeavy, "", count.to_string());
        }
    }

    /// The legal line, and what a mail must have by law.
    pub(super) fn law(&mut self) {
        let legal = phrases::normal(&self.rules.legal_line);
        let bound =
            matches!(self.asset.kind, AssetKind::Email | AssetKind::LandingPage | AssetKind::OnePager);
        if bound && !legal.is_empty() {
            let says = |block: &&Block| {
                block.part.texts().iter().any(|text| phrases::normal(&self.read(text)).contains(&legal))
            };
            if !self.blocks.iter().any(says) {
                self.add(Finding::LegalLineMissing, "", self.rules.legal_line.clone());
            }
        }
        if !self.is_mail() {
            return;
        }
        if !self.blocks.iter().any(|block| matches!(block.part, Part::Footer { .. })) {
            self.add(Finding::NoUnsubscribe, "", "");
        }
        if self.card.address.trim().is_empty() {
            self.add(Finding::AddressMissing, "", "");
        }
    }

    /// Long subjects and heavy mails.
    pub(super) fn mail(&mut self) {
        if !self.is_mail() {
            return;
        }
        for subject in [&self.content.subject, &self.content.other_subject] {
            let length = self.read(subject).chars().count();
            if length > SUBJECT {
                self.add(Finding::SubjectLong, "", length.to_string());
            }
        }
        let bytes = weight(&self.texts(), self.blocks.len());
        if bytes > HEAVY {
            self.add(Finding::MailHeavy, "", bytes.to_string());
        }
    }
}

/// About how many bytes a mail takes: the frame, the tables around each block, the words with what escaping adds.
pub(super) fn weight(texts: &[(String, String)], blocks: usize) -> usize {
    let written = |text: &str| {
        let lines = text.lines().count();
        let long: usize = text.bytes().map(|byte| if b"&<>\"'".contains(&byte) { 6 } else { 1 }).sum();
        long + lines * 24
    };
    9_000 + blocks * 900 + texts.iter().map(|(_, text)| written(text)).sum::<usize>()
}
