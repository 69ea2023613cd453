// How long it takes from the server's answer to the first frame in the other brand. Measured on request, no test of the
// suite: `RIALTO_MEASURE=1 cargo xtask e2e`.
import { expect, test } from "@playwright/test";
import { people, settled, signIn } from "../support";

const TURNS = Number(process.env["RIALTO_MEASURE_TURNS"] ?? 20);

function late(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

test("from the choice to the first frame in the other brand", async ({ page }) => {
  test.setTimeout(60_000 + TURNS * 5_000);
  await signIn(page, people.paula);
  await page.goto("/");
  await settled(page);
  const all: { asked: number; worn: number; whole: number }[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const me = (await (await page.request.get("/api/v1/session")).json()) as {
      program: { brand_id: string };
      programs: { name: string; brand_id: string }[];
    };
    const other = me.programs.find((program) => program.brand_id !== me.program.brand_id);
    expect(other).toBeDefined();
    await page.locator("#switch summary").click();
    // The style of the brand that is about to be worn comes while the menu is looked at.
    await page.waitForTimeout(300);
    const took = await page.evaluate(async (name) => {
      const accent = () => getComputedStyle(document.documentElement).getPropertyValue("--accent");
      const before = accent();
      performance.clearResourceTimings();
      const items = [...document.querySelectorAll<HTMLElement>("#switch button.item")];
      const item = items.find((one) => one.textContent?.includes(name));
      const begun = performance.now();
      item?.click();
      const worn = await new Promise<number>((done) => {
        const look = () => {
          if (accent() === before) requestAnimationFrame(look);
          // A task after the frame's callbacks begins when the frame is painted.
          else setTimeout(() => done(performance.now()));
        };
        requestAnimationFrame(look);
      });
      // And when everything of the other place stands there.
      const whole = await new Promise<number>((done) => {
        const look = () => {
          if (document.documentElement.dataset["leaving"] !== undefined) requestAnimationFrame(look);
          else requestAnimationFrame(() => setTimeout(() => done(performance.now())));
        };
        requestAnimationFrame(look);
      });
      const answers = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
      const answer = answers.filter((entry) => entry.name.endsWith("/api/v1/session/context")).pop();
      const answered = answer?.responseEnd ?? begun;
      performance.mark("worn");
      return { asked: answered - begun, worn: worn - answered, whole: whole - answered };
    }, other?.name ?? "");
    all.push(took);
    await page.waitForTimeout(500);
  }
  const worn = all.map((one) => one.worn);
  const asked = all.map((one) => one.asked);
  console.log(
    `switching brand, ${all.length} times: answer p50 ${late(asked, 0.5).toFixed(1)} ms; from the answer to the frame ` +
      `p50 ${late(worn, 0.5).toFixed(1)} ms, p95 ${late(worn, 0.95).toFixed(1)} ms, worst ${Math.max(...worn).toFixed(1)} ms; to the whole page p50 ` +
      `${late(all.map((one) => one.whole), 0.5).toFixed(1)} ms`,
  );
});
