//! What an area is made of: a name for each page, and one function that is the door to all of them.
use base::Problem;
use kit::{ErrorPanel, Screen};
use leptos::prelude::*;
pub use wasm_split_helpers::SplitLoaderError as Unloaded;

/// `area: Pages at (parts of addresses) { Page = component, … }`: a type with a name for each page, for the router; and
/// a module whose `load` fetches the code of them all. The first area whose addresses fit is the one.
macro_rules! areas {
    ($($area:ident: $Pages:ident at ($parts:pat) { $($Page:ident = $view:path,)* })*) => {
        /// The area that an address lies in.
        #[must_use]
        pub fn of(path: &str) -> Option<&'static str> {
            match parts(path).as_slice() {
                $($parts => Some(stringify!($area)),)*
                _ => None,
            }
        }

        /// Loads the code of the page at an address, so that it is there when the page is taken over.
        ///
        /// # Errors
        /// When the code does not come.
        pub async fn load(path: &str) -> Result<(), Unloaded> {
            match parts(path).as_slice() {
                $($parts => $area::load().await,)*
                _ => Ok(()),
            }
        }

        $(
        #[doc = concat!("The pages of the area `", stringify!($area), "`.")]
        #[derive(Clone, Copy, Debug)]
        pub enum $Pages {
            $($Page,)*
        }

        mod $area {
            use super::$Pages;
            use leptos::prelude::*;
            use wasm_split_helpers::{SplitLoaderError, wasm_split};

            #[wasm_split($area, fallible, preload(load))]
            pub(super) fn page(page: $Pages) -> Result<AnyView, SplitLoaderError> {
                Ok(match page {
                    $($Pages::$Page => $crate::area::made($view),)*
                })
            }
        }

        impl leptos_router::ChooseView for $Pages {
            async fn choose(self) -> ::leptos::prelude::AnyView {
                match $area::page(self).await {
                    Ok(page) => {
                        $crate::area::say_loaded();
                        page
                    }
                    Err(error) => $crate::area::unloaded(error),
                }
            }

            async fn preload(&self) {
                let _ = $area::load().await;
            }
        }
        )*
    };
}

/// The parts of an address.
pub(crate) fn parts(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty()).collect()
}

/// A page, made.
pub(crate) fn made<V: IntoView + 'static>(page: impl Fn() -> V) -> AnyView {
    page().into_any()
}

/// In the place of a page whose code did not come. Loading the address again asks for all of it anew.
pub(crate) fn unloaded(_: Unloaded) -> AnyView {
    say_unloaded();
    let here = leptos_router::hooks::use_location();
    let again = here.pathname.get_untracked();
    view! { <Screen title=""><ErrorPanel problem=Problem::Unavailable retry_href=again/></Screen> }.into_any()
}

/// Shows the notice that code did not come.
pub(crate) fn say_unloaded() {
    notice(true);
}

/// Takes it away again: code did come.
pub(crate) fn say_loaded() {
    notice(false);
}

fn notice(shown: bool) {
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    if let Some(notice) = document().get_element_by_id("broken") {
        let is_online = web_sys::window().is_none_or(|window| window.navigator().on_line());
        let _ = notice.toggle_attribute_with_force("data-offline", !is_online);
        let _ = if shown { notice.remove_attribute("hidden") } else { notice.set_attribute("hidden", "") };
    }
    #[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
    let _ = shown;
}
