//! Key figures: one documented function each, the same on server and in the browser. Shares are basis points (parts of ten
//! thousand), money is minor units, days are calendar days of the program.
mod answers;
mod bands;
mod forecast;
mod pace;
mod rates;
mod risk;
mod survival;

pub use answers::*;
pub use bands::*;
pub use forecast::*;
pub use pace::*;
pub use rates::*;
pub use risk::*;
pub use survival::*;
