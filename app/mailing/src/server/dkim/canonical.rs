//! The relaxed forms of headers and bodies (RFC 6376, 3.4.2 and 3.4.4).

/// Headers and body of a message, at the first empty line.
pub(super) fn split(message: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = message.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some((&message[..at + 2], &message[at + 4..]))
}

/// Every header by its name in lower case, with its relaxed form and the end of its line.
pub(super) fn headers(block: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<Vec<u8>> = Vec::new();
    for line in block.split_inclusive(|byte| *byte == b'\n') {
        match all.last_mut() {
            Some(last) if line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t')) => {
                last.extend_from_slice(line);
            }
            _ => all.push(line.to_vec()),
        }
    }
    let named = |raw: Vec<u8>| {
        let mut relaxed = unended(&raw);
        let colon = relaxed.iter().position(|byte| *byte == b':')?;
        let name = String::from_utf8(relaxed[..colon].to_vec()).ok()?;
        relaxed.extend_from_slice(b"\r\n");
        Some((name, relaxed))
    };
    all.into_iter().filter_map(named).collect()
}

/// The relaxed form of one header without the end of its line.
pub(super) fn unended(raw: &[u8]) -> Vec<u8> {
    let colon = raw.iter().position(|byte| *byte == b':').unwrap_or(raw.len());
    let (name, value) = raw.split_at(colon);
    let mut relaxed: Vec<u8> = name.trim_ascii().to_ascii_lowercase();
    if value.is_empty() {
        return relaxed;
    }
    relaxed.push(b':');
    let mut gap = false;
    let start = relaxed.len();
    for byte in &value[1..] {
        match byte {
            b'\r' | b'\n' => {}
            b' ' | b'\t' => gap = true,
            byte => {
                if gap && relaxed.len() > start {
                    relaxed.push(b' ');
                }
                gap = false;
                relaxed.push(*byte);
            }
        }
    }
    relaxed
}

/// The relaxed form of a body.
pub(super) fn body(body: &[u8]) -> Vec<u8> {
    let mut relaxed = Vec::with_capacity(body.len() + 2);
    // Where the last line that holds something ends: empty lines after it are none.
    let mut end = 0;
    let mut rest = body;
    while !rest.is_empty() {
        let (line, after) = match rest.windows(2).position(|two| two == b"\r\n") {
            Some(at) => (&rest[..at], &rest[at + 2..]),
            None => (rest, &rest[rest.len()..]),
        };
        let start = relaxed.len();
        let mut gap = false;
        for byte in line {
            match byte {
                b' ' | b'\t' => gap = true,
                byte => {
                    if gap {
                        relaxed.push(b' ');
                    }
                    gap = false;
                    relaxed.push(*byte);
                }
            }
        }
        let holds = relaxed.len() > start;
        relaxed.extend_from_slice(b"\r\n");
        if holds {
            end = relaxed.len();
        }
        rest = after;
    }
    relaxed.truncate(end);
    relaxed
}
