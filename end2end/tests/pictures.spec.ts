import { expect, test } from "@playwright/test";
import { axe, expectNoConsoleProblems, people, settled, sideways, signIn } from "../support";

const svg = (inside: string) => ({
  name: "logo.svg",
  mimeType: "image/svg+xml",
  buffer: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40" width="120" height="40">${inside}</svg>`),
});

test("a brand's pictures are uploaded, refused, taken back, published and removed", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  const name = `Pictured ${Date.now()}`;
  await signIn(page, people.olivia);
  await page.goto("/brands");
  await settled(page);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Make brand" }).click();
  await expect(page.getByRole("heading", { name, level: 2 })).toBeVisible();
  await settled(page);

  const logo = page.getByRole("group", { name: "Logo", exact: true });
  await logo.locator("input[type=file]").setInputFiles(svg(`<rect width="60" height="40" fill="#0b757d"/>`));
  await expect(logo.getByRole("img")).toHaveCount(2);
  const address = await logo.getByRole("img").first().getAttribute("src");
  const answer = await page.request.get(address ?? "");
  expect([answer.status(), answer.headers()["content-type"]]).toEqual([200, "image/png"]);
  await expect(page.getByText("Draft saved")).toBeVisible();
  expect(await sideways(page)).toEqual([]);
  await axe(page);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(logo.getByRole("img")).toHaveCount(0);
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(logo.getByRole("img")).toHaveCount(2);

  const mark = page.getByRole("group", { name: "Mark", exact: true });
  await mark.locator("input[type=file]").setInputFiles({ name: "mark.png", mimeType: "image/png", buffer: Buffer.alloc(3 << 20) });
  await expect(mark.getByText("The file has more than 2 MB.")).toBeVisible();
  await mark.locator("input[type=file]").setInputFiles(svg(`<rect width="40" height="40"/>`));
  await expect(mark.getByRole("img")).toHaveCount(2);
  await expect(page.getByText("Draft saved")).toBeVisible();

  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByRole("dialog").getByText("Logo:")).toBeVisible();
  await page.getByRole("button", { name: "Publish now" }).click();
  await expect(page.getByText("Published: the brand wears it now")).toBeVisible();
  silent();
  // What a version wears stays.
  await page.getByText("Uploaded pictures").click();
  await page.getByRole("button", { name: /^Remove for good: Logo/ }).click();
  await expect(page.getByText("A published version or a draft uses this picture, so it stays.")).toBeVisible();
});

test("a drawing with a script is refused in words", async ({ page }) => {
  await signIn(page, people.olivia);
  await page.goto("/brands");
  await page.getByRole("link", { name: "Harbor Data" }).click();
  await settled(page);
  const hero = page.getByRole("group", { name: "Wide picture" });
  await hero.locator("input[type=file]").setInputFiles(svg("<script>alert(1)</script>"));
  await expect(hero.getByText("The drawing holds a script.")).toBeVisible();
  await expect(hero.getByRole("img")).toHaveCount(0);
});

test("the page of a brand has its icons, its manifest and its logo", async ({ page }) => {
  await signIn(page, people.olivia);
  await page.goto("/");
  await expect(page.locator(".side .brand-logo > .on-light")).toBeVisible();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator(".side .brand-logo > .on-dark")).toBeVisible();
  await expect(page.locator(".side .brand-logo > .on-light")).toBeHidden();
  const of = (rel: string) => page.locator(`link[rel="${rel}"]`).getAttribute("href");
  for (const rel of ["icon", "apple-touch-icon", "manifest"]) {
    const answer = await page.request.get((await of(rel)) ?? "");
    expect(answer.status(), rel).toBe(200);
  }
  const manifest = await (await page.request.get((await of("manifest")) ?? "")).json();
  expect(manifest.start_url).toBe("/");
  for (const icon of manifest.icons) {
    expect((await page.request.get(icon.src)).headers()["content-type"]).toBe("image/png");
  }
});
