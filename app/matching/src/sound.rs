//! How a name sounds: its consonants, for spellings that only the ear holds together.

/// Consonants that must be left for the sound to say something.
pub(crate) const TELLING: usize = 3;

/// Consonants by sound, without doubles; vowels, h, j and y say little across spellings and languages.
pub(crate) fn skeleton(letters: &str) -> String {
    let mut sounds = String::with_capacity(letters.len());
    let mut rest = letters;
    while let Some(c) = rest.chars().next() {
        let (sound, length) = sound(rest, c);
        for sound in sound.chars() {
            if !sounds.ends_with(sound) {
                sounds.push(sound);
            }
        }
        rest = &rest[length..];
    }
    sounds
}

/// The sound at the start of the text and the bytes it is written with. Other scripts stand for themselves.
fn sound(rest: &str, first: char) -> (&str, usize) {
    const TOGETHER: [(&str, &str); 10] = [
        ("tsch", "k"),
        ("sch", "s"),
        ("tch", "k"),
        ("ph", "f"),
        ("th", "t"),
        ("sh", "s"),
        ("kh", ""),
        ("ch", "k"),
        ("zh", "s"),
        ("qu", "kf"),
    ];
    if let Some((written, sound)) = TOGETHER.iter().find(|(written, _)| rest.starts_with(written)) {
        return (sound, written.len());
    }
    let sound = match first {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'j' => "",
        'c' | 'k' | 'q' | 'g' => "k",
        'x' => "ks",
        's' | 'z' => "s",
        'v' | 'w' | 'f' => "f",
        'd' | 't' => "t",
        'b' | 'p' => "p",
        'm' | 'n' => "n",
        _ => &rest[..first.len_utf8()],
    };
    (sound, first.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("yandeks", "yandex")]
    #[case("tschaikowski", "chaikovsky")]
    #[case("philips", "filips")]
    #[case("kharkiv", "harkov")]
    #[case("schmidt", "smit")]
    fn what_sounds_alike_has_one_skeleton(#[case] one: &str, #[case] other: &str) {
        assert_eq!(skeleton(one), skeleton(other));
    }

    #[test]
    fn what_sounds_different_keeps_apart() {
        assert_ne!(skeleton("siemens"), skeleton("bosch"));
        assert_eq!(skeleton("日立"), "日立");
    }
}
