// The modules of an area travel as one file, the area's pack: one request, and all of them compressed together.
// A module that several areas need is in the pack of each; it is taken from one that is open already.
const open = {};
const done = new Set();

function unpacked(area) {
    if (open[area] === undefined) {
        const url = new URL(PACKS[area].file, import.meta.url);
        // A page asks for the pack of its area before the shell is there (`document.rs`). That answer is taken once, so
        // that a pack that did not come is asked for anew.
        const early = globalThis.early?.[url.pathname];
        if (early !== undefined) delete globalThis.early[url.pathname];
        open[area] = (early ?? fetch(url)).then((response) => {
            if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
            return response.arrayBuffer();
        });
        open[area].catch(() => delete open[area]);
    }
    return open[area];
}

async function taken(module) {
    const holders = Object.keys(PACKS).filter((area) => module in PACKS[area].modules);
    const area = holders.find((area) => area in open) ?? holders[0];
    const { modules } = PACKS[area];
    const [start, length] = modules[module];
    const body = new Uint8Array(await unpacked(area), start, length);
    done.add(module);
    for (const area of Object.keys(open)) {
        if (Object.keys(PACKS[area].modules).every((name) => done.has(name))) delete open[area];
    }
    return new Response(body, { headers: { "content-type": "application/wasm" } });
}
