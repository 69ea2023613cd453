// The first registration: from the sign-in to the receipt, with the fields and the seconds it took.
import { expect, test } from "@playwright/test";
import { expectNoConsoleProblems, hydrated, password, people } from "../support";

test("a signature that is pasted registers a deal with at most six fields", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  const run = `${process.env["E2E_RUN"] ?? Date.now()}`;
  const host = `erstlauf-${run}.ch`;
  const steps: string[] = [];
  const begun = Date.now();
  const step = (what: string) => steps.push(`${((Date.now() - begun) / 1000).toFixed(1)} s  ${what}`);
  let fields = 0;

  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(people.noor);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  step("signed in");
  await page.getByRole("link", { name: "Register deal" }).first().click();
  await hydrated(page);
  step("the form is open");

  fields += 1;
  await page.getByLabel("Who is the customer?").fill(
    `Guten Tag,\nwir planen mit einem Budget von CHF 48'000.- und wollen bis Ende Juni 2031 unterschreiben.\n\nFreundliche Grüsse\nUrs Zumbühl\nLeiter Einkauf\n\nErstlauf ${run} AG\nBahnhofstrasse 7\nCH-9050 Appenzell\nT +41 71 788 12 34\nurs.zumbuehl@${host}\nwww.${host}`,
  );
  await expect(page.getByLabel("Company", { exact: true })).toHaveValue(`Erstlauf ${run} AG`);
  await expect(page.getByLabel("Website", { exact: true })).toHaveValue(host);
  await expect(page.getByLabel("Country", { exact: true })).toHaveValue("CH");
  await expect(page.getByRole("textbox", { name: "Expected close" })).toHaveValue("2031-06-30");
  await expect(page.getByLabel("Value", { exact: true })).toHaveValue("48,000.00");
  step("the signature is read");

  fields += 1;
  await page.getByLabel("Product", { exact: true }).selectOption({ index: 1 });
  fields += 1;
  await page.getByLabel("What shows that you are working on it?").fill("Workshop on Tuesday");
  step("product and evidence are given");

  // A guess is turned down and taken again by the keyboard.
  const country = page.getByRole("checkbox", { name: /^Country/ });
  await country.focus();
  await page.keyboard.press("Space");
  await expect(page.getByLabel("Country", { exact: true })).toHaveValue("");
  await page.keyboard.press("Space");
  await expect(page.getByLabel("Country", { exact: true })).toHaveValue("CH");

  await page.getByRole("button", { name: "Register deal" }).click();
  await expect(page).toHaveURL(/\/receipt$/);
  await expect(page.getByRole("heading", { name: "Receipt", level: 1 })).toBeVisible();
  step("the receipt is there");
  console.log(`${fields} fields\n${steps.join("\n")}`);
  expect(fields).toBeLessThanOrEqual(6);
  silent();
});

test("what somebody typed is replaced only when they say so", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(people.noor);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await page.goto("/deals/new");
  await hydrated(page);
  await page.getByLabel("Company", { exact: true }).fill("My own words");
  await page.getByLabel("Who is the customer?").fill("https://www.helvetia-praezision.ch");
  await expect(page.getByLabel("Website", { exact: true })).toHaveValue("helvetia-praezision.ch");
  await expect(page.getByLabel("Company", { exact: true })).toHaveValue("My own words");
  const company = page.getByRole("checkbox", { name: /^Company/ });
  await expect(company).not.toBeChecked();
  await company.check();
  await expect(page.getByLabel("Company", { exact: true })).toHaveValue("Helvetia Praezision");
  await page.getByRole("button", { name: "Take none" }).click();
  await expect(page.getByLabel("Company", { exact: true })).toHaveValue("My own words");
  await expect(page.getByLabel("Website", { exact: true })).toHaveValue("");
  silent();
});
