//! How values known to the server travel in the page to the browser.
use base::tree::{self, Misread};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// As JSON; read with little code (see [`base::tree`]).
pub struct Json;

impl<T: Serialize> codee::Encoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, serde_json::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> codee::Decoder<T> for Json {
    type Error = Misread;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Misread> {
        tree::read(text)
    }
}
