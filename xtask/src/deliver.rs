//! How assets travel: compressed once at build time, as hard as it goes, and a table of what they weigh.
#![expect(clippy::print_stdout, reason = "prints a table")]

use std::{fs, io::Write, path::Path};

use flate2::{Compression, write::GzEncoder};
use serde_json::Value;

use crate::{Result, workspace::files_below};

const BROTLI_QUALITY: i32 = 11;
const BROTLI_WINDOW: i32 = 22;

/// The packed forms worth keeping, each with the file ending that the server looks for.
pub(crate) fn packed(name: &str, content: &[u8]) -> Result<Vec<(&'static str, Vec<u8>)>> {
    // These are compressed inside already.
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    if matches!(ending, Some("woff2" | "png" | "webp" | "avif" | "jpg")) {
        return Ok(Vec::new());
    }
    let forms = [("br", brotli(content)?), ("gz", gzip(content)?)];
    Ok(forms.into_iter().filter(|(_, packed)| packed.len() < content.len()).collect())
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut packed, &params)?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

/// Prints every asset's size in bytes, as it is and as brotli.
pub(crate) fn print_sizes(site: &Path) -> Result<()> {
    println!("\n| asset | bytes | brotli |\n|---|---:|---:|");
    for file in files_below(site)? {
        let name = file.strip_prefix(site)?.display().to_string();
        let packed_form = Path::new(&name).extension().is_some_and(|ending| ending == "br" || ending == "gz");
        if packed_form || name == "manifest.json" {
            continue;
        }
        let packed = fs::metadata(site.join(format!("{name}.br")))
            .map_or("–".to_owned(), |meta| meta.len().to_string());
        println!("| {name} | {} | {packed} |", fs::metadata(&file)?.len());
    }
    println!();
    Ok(())
}

/// Prints what a page has to load before it is taken over: the shell's module, the texts of its language (here the
/// largest), and the pack of the area it lies in.
pub(crate) fn print_areas(site: &Path) -> Result<()> {
    let manifest: Value = serde_json::from_slice(&fs::read(site.join("manifest.json"))?)?;
    let shell = weight(site, &manifest["wasm"])?;
    let mut texts = (0, 0);
    for path in manifest["texts"].as_object().into_iter().flat_map(|languages| languages.values()) {
        texts = texts.max(weight(site, path)?);
    }
    println!("\n| area | bytes | brotli | code with the shell | and with texts |\n|---|---:|---:|---:|---:|");
    println!("| (texts) | {} | {} | | |", texts.0, texts.1);
    println!("| (shell) | {} | {} | {} | {} |", shell.0, shell.1, shell.1, shell.1 + texts.1);
    for (area, pack) in manifest["areas"].as_object().into_iter().flatten() {
        let (bytes, brotli) = weight(site, pack)?;
        let code = shell.1 + brotli;
        println!("| {area} | {bytes} | {brotli} | {code} | {} |", code + texts.1);
    }
    println!();
    Ok(())
}

/// Bytes of a file, as it is and as brotli.
fn weight(site: &Path, path: &Value) -> Result<(u64, u64)> {
    let name = path.as_str().ok_or("the manifest names no file")?.trim_start_matches('/');
    let plain = fs::metadata(site.join(name))?.len();
    let packed = fs::metadata(site.join(format!("{name}.br"))).map_or(plain, |file| file.len());
    Ok((plain, packed))
}
