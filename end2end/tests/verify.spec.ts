// The public verifier: somebody without an account checks a receipt that a partner handed on.
import { readFileSync } from "node:fs";
import { expect, test, type Browser, type Page } from "@playwright/test";
import { axe, expectNoConsoleProblems, hydrated, people, signIn } from "../support";

/** A receipt of the demo, as the partner downloads it, in both forms. */
async function receipt(browser: Browser): Promise<{ json: string; pdf: Buffer; id: string }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, people.sam);
  const deals = (await (await page.request.get("/api/v1/deals?status=approved&limit=1")).json()) as {
    items: { id: string }[];
  };
  const id = deals.items[0]?.id ?? "";
  const json = await (await page.request.get(`/api/v1/deals/${id}/receipt`)).text();
  const pdf = await (await page.request.get(`/api/v1/deals/${id}/receipt.pdf`)).body();
  await context.close();
  return { json, pdf, id };
}

/** Whether this project runs the page's code. */
function alive(): boolean {
  return test.info().project.use.javaScriptEnabled !== false;
}

async function open(page: Page): Promise<void> {
  await page.goto("/verify");
  if (alive()) await hydrated(page);
  await expect(page.getByRole("heading", { name: "Check a receipt", level: 1 })).toBeVisible();
}

const byWhom = () => (alive() ? "Checked by your browser." : "Checked by this server.");

test("a stranger pastes a receipt and learns that it holds @plain @phone", async ({ browser, page }) => {
  const { json, id } = await receipt(browser);
  const silent = expectNoConsoleProblems(page);
  await open(page);
  await axe(page);
  await page.getByLabel("Or paste the receipt").fill(json);
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.getByText("Every check holds. You can rely on it.")).toBeVisible();
  await expect(page.getByText(id, { exact: true }).first()).toBeVisible();
  await expect(page.getByText(byWhom())).toBeVisible();
  await axe(page);
  silent();
});

test("a receipt with one word changed does not hold @plain", async ({ browser, page }) => {
  const { json } = await receipt(browser);
  await open(page);
  await page.getByLabel("Or paste the receipt").fill(json.replace(/"country":"[A-Z]{2}"/, '"country":"XX"'));
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.getByText("It does not hold. Do not rely on it, and tell the vendor.")).toBeVisible();
  await expect(page.getByText("The claim is not the one that was hashed")).toBeVisible();
});

test("a file is examined as soon as it is chosen, and so is its PDF", async ({ browser, page }) => {
  const { json, pdf } = await receipt(browser);
  await open(page);
  const file = page.getByLabel("Choose or drop a receipt");
  for (const [name, mimeType, buffer] of [
    ["receipt.json", "application/json", Buffer.from(json)],
    ["receipt.pdf", "application/pdf", pdf],
  ] as const) {
    await file.setInputFiles({ name, mimeType, buffer });
    await expect(page.getByText("Every check holds. You can rely on it.")).toBeVisible();
    await page.reload();
    await hydrated(page);
  }
});

test("a checkpoint that was kept is compared @plain", async ({ browser, page }) => {
  const { json } = await receipt(browser);
  const vendor = (JSON.parse(json) as { vendor: string }).vendor;
  const kept = await (await page.request.get(`/api/v1/log/checkpoint?vendor=${vendor}`)).text();
  await open(page);
  await page.getByLabel("Or paste the receipt").fill(json);
  await page.getByText("I kept a checkpoint of this log").click();
  await page.getByLabel("Checkpoint", { exact: false }).fill(kept);
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.getByText("The log continues the checkpoint that you kept")).toBeVisible();
});

test("the receipt page checks itself and leads to the verifier", async ({ browser, page }) => {
  const { id } = await receipt(browser);
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.sam);
  await page.goto(`/deals/${id}/receipt`);
  await hydrated(page);
  await expect(page.getByText(/^Every check holds\./)).toBeVisible();
  const link = page.getByRole("link", { name: "Open the public verifier" });
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto((await link.getAttribute("href")) ?? "");
  await expect(stranger.getByText("Every check holds. You can rely on it.")).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as PDF" }).click();
  expect(readFileSync(await (await download).path()).subarray(0, 5).toString()).toBe("%PDF-");
  silent();
});
