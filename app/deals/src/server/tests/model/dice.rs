//! Numbers that look random and are the same every time.

/// A generator (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
pub(in crate::server::tests) struct Dice(u64);

impl Dice {
    pub(in crate::server::tests) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of `0..below`.
    pub(in crate::server::tests) fn below(&mut self, below: usize) -> usize {
        (self.next() % below as u64) as usize
    }

    pub(in crate::server::tests) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// A name that resembles no other one.
    pub(in crate::server::tests) fn word(&mut self) -> String {
        const CONSONANTS: &[u8] = b"bcdfghjklmnpqrstvwxz";
        const VOWELS: &[u8] = b"aeiouy";
        let mut word = String::new();
        for _ in 0..9 {
            word.push(char::from(self.pick(CONSONANTS)));
            word.push(char::from(self.pick(VOWELS)));
        }
        word
    }
}
