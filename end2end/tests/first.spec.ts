// The first registration: from the sign-in to the receipt, with the fields and the seconds it took.
import { expect, test } from "@playwright/test";
import { expectNoConsoleProblems, hydrated, password, people } from "../support";

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
