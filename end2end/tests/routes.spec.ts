// Every page, for both sides, in every width and theme: silent console, clean axe, nothing that scrolls sideways.
import { expect, test, type Page } from "@playwright/test";
import { axe, expectNoConsoleProblems, hydrated, people, signIn } from "../support";

const partner = ["/", "/deals", "/deals/new", "/opportunities", "/inbox", "/program", "/api-keys", "/profile"];
const vendor = [
  "/overview",
  "/queue",
  "/deals",
  "/partners",
  "/opportunities",
  "/program",
  "/imports",
  "/inbox",
  "/activity",
  "/api-keys",
  "/profile",
];

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await axe(page);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(sideways, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
}

for (const [who, email, paths] of [
  ["a partner", people.sam, partner],
  ["a vendor", people.olivia, vendor],
] as const) {
  for (const width of [360, 768, 1280]) {
    for (const scheme of ["light", "dark"] as const) {
      test(`the pages of ${who} are sound at ${width} px in ${scheme}`, async ({ page }) => {
        test.setTimeout(240_000);
        const silent = expectNoConsoleProblems(page);
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
        await signIn(page, email);
        for (const path of paths) await visit(page, path);
        silent();
      });
    }
  }
}

test("a record's page is sound", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.sam);
  await page.goto("/deals");
  await hydrated(page);
  const link = page.getByRole("main").getByRole("row").nth(1).getByRole("link").first();
  await link.click();
  await expect(page).toHaveURL(/peek=deal_|deals\/deal_/);
  await axe(page);
  silent();
});

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
