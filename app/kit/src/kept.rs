//! Texts of the server that never change under their address, such as styles: asked for once, whoever wants them first.
use base::Problem;

/// Reads a text by its address. Who asks while it is on its way gets the same answer; a failure is not kept. In the
/// browser only.
///
/// # Errors
/// What the server says; `Unavailable` when no answer comes.
pub async fn read_text(url: &str) -> Result<String, Problem> {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    return browser::read(url).await;
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    {
        let _ = url;
        Err(Problem::Unavailable)
    }
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
mod browser {
    use std::cell::RefCell;

    use base::Problem;
    use futures::FutureExt as _;
    use futures::future::{LocalBoxFuture, Shared};

    type Reading = Shared<LocalBoxFuture<'static, Result<String, Problem>>>;

    thread_local! {
        static ALL: RefCell<Vec<(String, Reading)>> = const { RefCell::new(Vec::new()) };
    }

    pub(super) async fn read(url: &str) -> Result<String, Problem> {
        let reading = known(url).unwrap_or_else(|| {
            let asked = url.to_owned();
            let reading: Reading = async move { crate::wire::get_text(&asked).await }.boxed_local().shared();
            ALL.with_borrow_mut(|all| all.push((url.to_owned(), reading.clone())));
            reading
        });
        let text = reading.await;
        if text.is_err() {
            ALL.with_borrow_mut(|all| all.retain(|(known, _)| known != url));
        }
        text
    }

    fn known(url: &str) -> Option<Reading> {
        ALL.with_borrow(|all| all.iter().find(|(known, _)| known == url).map(|(_, reading)| reading.clone()))
    }
}
