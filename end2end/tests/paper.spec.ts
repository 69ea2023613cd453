// What leaves the screen: pages on paper, and a list as a file.
import { expect, test, type Page } from "@playwright/test";
import { expectNoConsoleProblems, people, settled, sideways, signIn } from "../support";

async function printed(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  // A sheet of A4 between its margins, at 96 dots an inch.
  await page.setViewportSize({ width: 672, height: 970 });
}

async function deal(page: Page): Promise<string> {
  const answer = await page.request.get("/api/v1/deals?status=approved&limit=1");
  return ((await answer.json()) as { items: { id: string }[] }).items[0]?.id ?? "";
}

test("deal, receipt and figures are printed black on white, without the frame", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.sam);
  const id = await deal(page);
  for (const [path, words] of [
    [`/deals/${id}`, "What was registered"],
    [`/deals/${id}/receipt`, "Receipt of your registration"],
    ["/", "Won by month"],
  ] as const) {
    await printed(page, path);
    await expect(page.getByText(words).first()).toBeVisible();
    for (const gone of [".side", ".top", ".phone", ".button.float", ".deal-moves"]) {
      await expect(page.locator(gone).first(), `${gone} on ${path}`).toBeHidden();
    }
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(ground, path).toBe("rgb(255, 255, 255)");
    expect(await sideways(page), path).toEqual([]);
    await page.emulateMedia({ media: "screen" });
  }
  silent();
});

test("the whole list of deals becomes a file, as it is narrowed", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.carlos);
  await page.goto("/deals?status=expired");
  await settled(page);
  const total = ((await (await page.request.get("/api/v1/deals?status=expired&limit=1")).json()) as { total: number }).total;
  await page.getByLabel("Export", { exact: true }).first().click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^deals-[\d-]+\.csv$/);
  const text = Buffer.concat(await (await file.createReadStream()).toArray()).toString("utf8");
  expect(text.startsWith("\ufeffNumber,")).toBe(true);
  const lines = text.trim().split("\r\n");
  expect(lines).toHaveLength(total + 1);
  expect(lines.slice(1).every((line) => /^DR-\d+,/.test(line) && line.includes(",Expired,"))).toBe(true);
  silent();
});
