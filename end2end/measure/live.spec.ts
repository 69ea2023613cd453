// How long it takes from an event to the changed number on somebody's overview. Measured on request, no test of the
// suite: `RIALTO_MEASURE=1 cargo xtask e2e`.
import { expect, test, type APIRequestContext } from "@playwright/test";
import { people, settled, signIn } from "../support";

// A partner may have no more open registrations than its program allows; the demo leaves room for these.
const EVENTS = Number(process.env["RIALTO_MEASURE_EVENTS"] ?? 30);
/** Longer than a burst is gathered for: each event finds a quiet page. */
const PAUSE_MS = 700;

/** Registers a deal; gives when it was asked for and answered, by the clock that the page has too. */
async function register(api: APIRequestContext, program: string, turn: number): Promise<[number, number]> {
  const name = `Uhrwerk ${Date.now()}${turn}`;
  const asked = Date.now();
  const made = await api.post("/api/v1/deals", {
    data: {
      program,
      customer: { name, website: `${name.replace(" ", "-").toLowerCase()}.example`, country: "CH" },
      products: [{ product: "Northwind Core" }],
      value: { amount: "900000", currency: "EUR" },
      expected_close: "2031-06-30",
      evidence: [{ kind: "meeting", note: "Workshop with the head of IT" }],
      submit: true,
    },
  });
  const answered = Date.now();
  expect(made.ok(), await made.text()).toBe(true);
  return [asked, answered];
}

function late(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

test("from an event to the changed number", async ({ browser, page }) => {
  test.setTimeout(60_000 + EVENTS * 5_000);
  const sam = await (await browser.newContext()).newPage();
  await signIn(sam, people.sam);
  const programs = (await (await sam.request.get("/api/v1/programs?limit=1")).json()) as { items: { id: string }[] };
  const program = programs.items[0]?.id ?? "";

  await signIn(page, people.olivia);
  await page.goto("/overview");
  await settled(page);
  await expect(page.locator(".live[data-state='live']")).toBeVisible();
  // All tiles as one text: whichever number moves first counts.
  await page.evaluate(() => {
    const shown = () => [...document.querySelectorAll(".tile")].map((tile) => tile.textContent).join("|");
    const seen = window as unknown as { changed: number[] };
    let before = shown();
    seen.changed = [];
    new MutationObserver(() => {
      const now = shown();
      if (now !== before) {
        before = now;
        seen.changed.push(Date.now());
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });

  const fromAsked: number[] = [];
  const fromAnswered: number[] = [];
  for (let turn = 0; turn < EVENTS; turn += 1) {
    await page.waitForTimeout(PAUSE_MS);
    const before = await page.evaluate(() => (window as unknown as { changed: number[] }).changed.length);
    const [asked, answered] = await register(sam.request, program, turn);
    const change = await page.waitForFunction(
      (before) => (window as unknown as { changed: number[] }).changed[before],
      before,
      { timeout: 10_000 },
    );
    const at = (await change.jsonValue()) as number;
    fromAsked.push(at - asked);
    fromAnswered.push(Math.max(0, at - answered));
  }
  console.log("\n| from | events | p50 ms | p99 ms | max ms |\n|---|---:|---:|---:|---:|");
  for (const [name, values] of [["asking", fromAsked], ["the answer", fromAnswered]] as const) {
    console.log(`| ${name} | ${values.length} | ${late(values, 0.5)} | ${late(values, 0.99)} | ${late(values, 1)} |`);
  }
});
