// The ways in and out: what is not there, what needs a sign-in, what is denied. `sweep.spec.ts` looks at every page.
import { expect, test } from "@playwright/test";
import { people, signIn } from "../support";

test("an address that leads nowhere says so", async ({ page }) => {
  await signIn(page, people.sam);
  const answer = await page.goto("/nowhere");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing here");
  await page.getByRole("link", { name: "Go to the start" }).click();
  await expect(page).toHaveURL("/");
});

test("somebody who is not signed in is led to the sign-in and back @plain", async ({ page }) => {
  await page.goto("/deals?status=approved");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel("E-mail").fill(people.sam);
  await page.getByLabel("Password").fill("wrong");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue(people.sam);
  await page.getByLabel("Password").fill("demo-rialto");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/deals\?status=approved/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("a partner is denied what is the vendor's, and told who can help @plain", async ({ page }) => {
  await signIn(page, people.sam);
  await page.goto("/queue");
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.getByRole("button", { name: /approve/i })).toHaveCount(0);
});
