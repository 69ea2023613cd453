// The jobs around customers that may be one company: seen side by side, merged, undone, kept apart; and other names.
import { expect, test, type Page } from "@playwright/test";
import { axe, expectNoConsoleProblems, hydrated, people, settled, sideways, signIn } from "../support";

interface Customer { id: string; name: string }

/** Adds a customer through the API, as an import would. */
async function added(page: Page, data: Record<string, string>): Promise<Customer> {
  const answer = await page.request.post("/api/v1/customers", { data });
  expect(answer.status()).toBe(201);
  return (await answer.json()) as Customer;
}

/** Two spellings of a company that no other run of the tests has used. */
async function twice(page: Page, stem: string, project: string): Promise<[Customer, Customer]> {
  const run = (process.env["E2E_RUN"] ?? `${Date.now()}`).replace(/[^a-z0-9]/gi, "");
  const host = `${stem.toLowerCase()}-${project}-${run}.example`.toLowerCase();
  const name = `${stem} ${project}${run}`;
  return [
    await added(page, { name: `${name} GmbH`, website: host, country: "CH", city: "Bern" }),
    await added(page, { name: `${name} Deutschland`, website: `www.${host}`, country: "CH", city: "Basel", phone: "+41 31 311 22 33" }),
  ];
}

test("two records of one company are compared, merged and taken apart again", async ({ page }, info) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.carlos);
  const [one, other] = await twice(page, "Ziegelhof", info.project.name);
  await page.goto("/customers/duplicates");
  await hydrated(page);
  const row = page.getByRole("row").filter({ hasText: one.name });
  await expect(row).toContainText("Same company", { timeout: 15_000 });
  await row.getByRole("link", { name: one.name }).click();
  await expect(page).toHaveURL(new RegExp(`/customers/${one.id}/compare/${other.id}$`));
  const table = page.getByRole("table", { name: "Compare customers" });
  await expect(table.getByRole("row", { name: /Website/ })).toContainText("(agrees)");
  await table.getByRole("radio", { name: "Basel" }).check();
  await settled(page);
  await axe(page);
  expect(await sideways(page)).toEqual([]);
  await page.getByRole("button", { name: `Merge into ${one.name}` }).click();

  await expect(page).toHaveURL(new RegExp(`/customers/${one.id}$`));
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("Basel");
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("+41 31 311 22 33");
  await expect(page.getByLabel("Other name 1")).toHaveValue(other.name);
  await axe(page);
  await page.getByRole("button", { name: `Undo the merge of ${other.name}` }).click();
  await expect(page.getByRole("region", { name: "Facts" })).toContainText("Bern");
  await expect(page.getByLabel("Other name 1")).toHaveValue("");
  silent();
});

test("two companies are kept apart, and that is taken back", async ({ page }, info) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.carlos);
  const [one, other] = await twice(page, "Nordkap", info.project.name);
  await page.goto(`/customers/${one.id}/compare/${other.id}`);
  await hydrated(page);
  await page.getByRole("button", { name: "Keep apart" }).click();
  await expect(page).toHaveURL(/\/customers\/duplicates$/);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.goto(`/customers/${one.id}/compare/${other.id}`);
  await expect(page.getByRole("button", { name: "Keep apart" })).toBeVisible();
  silent();
});

test("other names of a customer are saved @plain", async ({ page }, info) => {
  await signIn(page, people.carlos);
  const [one] = await twice(page, "Lindenau", info.project.name);
  await page.goto(`/customers/${one.id}`);
  if (info.project.use.javaScriptEnabled !== false) await hydrated(page);
  await page.getByLabel("Other name 1").fill("Lindenau Immobilien");
  await page.getByRole("button", { name: "Save names and websites" }).click();
  await expect(page.getByLabel("Other name 2")).toHaveValue("");
  await page.reload();
  await expect(page.getByLabel("Other name 1")).toHaveValue("Lindenau Immobilien");
});

test("a partner is denied the vendor's customers", async ({ page }) => {
  await signIn(page, people.sam);
  for (const address of ["/customers", "/customers/duplicates"]) {
    await page.goto(address);
    await expect(page.getByRole("alert")).toContainText("belongs to the vendor's own people");
  }
});
