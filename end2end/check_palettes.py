#!/usr/bin/env python3
"""Checks palettes without the code that made them: computes the contrast of WCAG 2.2 on its own.

    cargo run -p palette --example tokens -- 5000 | python3 end2end/check_palettes.py

Reads {"seeds": [{"seed", "light": {name: "#rrggbb"}, "dark": {…}}], "pairs": [[words, ground, least]]} from standard
input. Exits with 1 and the failing pairs, or says how many it checked and by how much the closest one passes.
"""

import json
import re
import sys

# What the product cannot do without, whatever list it gives (words, ground, least).
OWN = [
    ("text", "surface", 4.5), ("text", "page", 4.5), ("muted", "surface", 4.5), ("muted", "page", 4.5),
    ("on-accent", "accent", 4.5), ("accent-text", "surface", 4.5), ("on-bad", "bad", 4.5),
    ("good", "good-soft", 4.5), ("warn", "warn-soft", 4.5), ("bad", "bad-soft", 4.5),
    ("accent", "surface", 3.0), ("line-field", "surface", 3.0), ("focus", "surface", 3.0),
] + [(f"chart-{number}", "surface", 3.0) for number in range(1, 9)]
COLOUR = re.compile(r"#[0-9a-f]{6}")


def luminance(colour):
    """Relative luminance, 0 to 1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    if not COLOUR.fullmatch(colour):
        raise ValueError(f"not a colour: {colour!r}")
    channels = (int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio, 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def main():
    given = json.load(sys.stdin)
    pairs, palettes = [tuple(pair) for pair in given["pairs"]], given["seeds"]
    missing = [pair for pair in OWN if not any(p[:2] == pair[:2] and p[2] >= pair[2] for p in pairs)]
    failed, least = [], None
    for palette in palettes:
        for mode in ("light", "dark"):
            tokens = palette[mode]
            for words, ground, wanted in pairs:
                found = contrast(tokens[words], tokens[ground])
                line = (found - wanted, f"{words} {tokens[words]} on {ground} {tokens[ground]}, {mode}, "
                        f"{palette['seed']}: {found:.3f} of {wanted}")
                least = min(least or line, line)
                if found < wanted:
                    failed.append(line[1])
    for line in failed[:100]:
        print(line)
    for words, ground, wanted in missing:
        print(f"not in the list: {words} on {ground} at {wanted}")
    if failed or missing or not palettes or not pairs:
        print(f"{len(failed)} failing, {len(missing)} missing, {len(palettes)} palettes, {len(pairs)} pairs")
        return 1
    print(f"{len(palettes)} palettes, {len(pairs)} pairs, least margin {least[0]:.6f} ({least[1]})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
