//! The shelf: what this browser keeps of registrations that the server lacks, in the drawer of whoever is signed in.
use base::{DealId, tree};
use kit::{Drawer, UNSENT};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::rules::shelf::Unsent;

/// What the form offers, for when the server cannot be asked.
const FORM: &str = "form";

/// The drawer of one person in one organisation.
#[derive(Clone)]
pub(super) struct Shelf(Drawer);

impl Shelf {
    /// Of whoever is signed in.
    pub(super) fn mine() -> Self {
        let me = access::me();
        let organization = me.organization.map(|one| one.organization.to_string()).unwrap_or_default();
        Self(Drawer::of(me.user.id, organization))
    }

    /// Keeps a draft; whether this browser could.
    pub(super) fn put(&self, unsent: &Unsent) -> bool {
        self.write(&format!("{UNSENT}{}", unsent.key), unsent)
    }

    pub(super) fn remove(&self, key: &str) {
        self.0.remove(&format!("{UNSENT}{key}"));
    }

    /// Changes a draft that is in no form.
    pub(super) fn change(&self, key: &str, change: &dyn Fn(&mut Unsent)) {
        if let Some(mut unsent) = self.find(key) {
            change(&mut unsent);
            let _ = self.put(&unsent);
        }
    }

    /// Takes a draft off whose texts the server has, unless something was typed since or it is still to be registered.
    pub(super) fn settle(&self, sent: &Unsent) {
        if self.find(&sent.key).is_some_and(|now| now.typed == sent.typed && !now.submit) {
            self.remove(&sent.key);
        }
    }

    pub(super) fn find(&self, key: &str) -> Option<Unsent> {
        self.read(&format!("{UNSENT}{key}"))
    }

    /// What was changed of a draft that the server has.
    pub(super) fn of_deal(&self, id: DealId) -> Option<Unsent> {
        self.all().into_iter().find(|one| one.base.as_ref().is_some_and(|deal| deal.id == id))
    }

    /// All drafts, what was typed last first.
    pub(super) fn all(&self) -> Vec<Unsent> {
        let mut all: Vec<Unsent> = self.0.names(UNSENT).iter().filter_map(|name| self.read(name)).collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.at));
        all
    }

    /// Keeps what the form offers.
    pub(super) fn put_form<T: Serialize>(&self, form: &T) {
        let _ = self.write(FORM, form);
    }

    pub(super) fn form<T: DeserializeOwned>(&self) -> Option<T> {
        self.read(FORM)
    }

    fn write<T: Serialize>(&self, name: &str, value: &T) -> bool {
        serde_json::to_string(value).is_ok_and(|text| self.0.put(name, &text))
    }

    /// What an older build has written and this one cannot read is as good as not there, but it stays.
    fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        tree::read(&self.0.get(name)?).ok()
    }
}
