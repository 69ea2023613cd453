//! Links: whether they lead where they may.
use super::Finding;
use super::look::Look;
use crate::links::{self, Link};
use crate::text::urls;
use crate::{Part, Target};

impl Look<'_> {
    /// Addresses in words, behind buttons, and those of the partner.
    pub(super) fn links(&mut self) {
        for (block, text) in self.texts() {
            let marked = urls(&text);
            for url in bare(&text)
                .into_iter()
                .filter(|url| !marked.iter().any(|marked| marked.starts_with(url.as_str())))
            {
                self.address(&block, &url);
            }
            for url in marked {
                self.address(&block, &url);
            }
        }
        for block in self.blocks.clone() {
            match &block.part {
                Part::Button { target: Target::Url { url }, .. } => self.address(&block.id, url),
                Part::Button { target: Target::Partner, .. } => {
                    let card = self.card;
                    let url = if card.action_url.is_empty() { &card.website } else { &card.action_url };
                    self.address(&block.id, url);
                }
                Part::PartnerCard if !self.card.website.is_empty() => {
                    let url = self.card.website.clone();
                    self.address(&block.id, &url);
                }
                _ => {}
            }
        }
    }

    fn address(&mut self, block: &str, url: &str) {
        match links::read(url) {
            None => self.add(Finding::LinkMalformed, block, url),
            Some(Link::Page { .. }) => {
                let host = links::host(url).unwrap_or_default();
                if !self.may_lead_to(&host) {
                    self.add(Finding::LinkHost, block, host);
                }
            }
            Some(Link::Mail | Link::Phone) => {}
        }
    }

    fn may_lead_to(&self, host: &str) -> bool {
        let own = links::host(&self.card.website);
        let own = own.as_deref().map(|own| own.strip_prefix("www.").unwrap_or(own));
        own.is_some_and(|own| links::is_within(host, own))
            || self.rules.link_hosts.iter().any(|allowed| links::is_within(host, allowed))
    }
}

/// Addresses in words that are no links of ours: mail programs make links of them all the same.
fn bare(text: &str) -> Vec<String> {
    let text = crate::text::clean(text);
    let words = text.split(|c: char| c.is_whitespace() || "()[]<>\"'|{}".contains(c));
    let lower = |word: &str| word.to_ascii_lowercase();
    words
        .filter(|word| lower(word).contains("://") || lower(word).starts_with("www."))
        .map(|word| {
            let start = lower(word).find("http").unwrap_or(0);
            let word = word[start..].trim_end_matches(['.', ',', ';', ':', '!', '?', '*']);
            if lower(word).starts_with("www.") { format!("https://{word}") } else { word.to_owned() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn addresses_in_words_are_found() {
        let found = bare("See https://a.example/x, (http://b.example) and www.c.example! Not d.example.");
        assert_eq!(found, ["https://a.example/x", "http://b.example", "https://www.c.example"]);
    }
}
