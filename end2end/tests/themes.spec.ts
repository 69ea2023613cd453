import { expect, test } from "@playwright/test";
import { axe, expectNoConsoleProblems, people, settled, sideways, signIn } from "../support";

const accent = (selector: string) => `getComputedStyle(document.querySelector("${selector}")).getPropertyValue("--accent")`;

test("a brand is made, dressed, kept as a draft, published and brought back", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  const name = `Brand ${Date.now()}`;
  await signIn(page, people.olivia);
  await page.goto("/brands");
  await settled(page);
  expect(await sideways(page)).toEqual([]);
  await axe(page);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Make brand" }).click();
  await expect(page.getByRole("heading", { name, level: 2 })).toBeVisible();
  await settled(page);
  // A colour that no words can be read on is moved, and said so; the previews wear it at once.
  const colour = page.getByLabel("Brand colour", { exact: true });
  await colour.fill("#ffee00");
  await colour.blur();
  await expect(page.locator(".studio-right").getByText("Moved so that it can be read")).toBeVisible();
  await expect.poll(() => page.evaluate(accent(".previews"))).toMatch(/^light-dark\(#/);
  await expect(page.getByText("Draft saved")).toBeVisible();
  await page.getByLabel("Corners").fill("12");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Corners")).toHaveValue("6");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(colour).not.toHaveValue("#ffee00");
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(colour).toHaveValue("#ffee00");
  await colour.fill("yellowish");
  await colour.blur();
  await expect(page.getByText("This is not a colour.")).toBeVisible();
  await colour.fill("#0f766e");
  await colour.blur();
  await expect(page.getByText("Draft saved")).toBeVisible();
  for (const sample of ["Form", "E-mail", "Sign-in", "Home"]) {
    await page.getByRole("button", { name: sample, exact: true }).click();
    expect(await sideways(page)).toEqual([]);
  }
  await axe(page);

  // The draft is there after the page was left.
  await page.reload();
  await settled(page);
  await expect(colour).toHaveValue("#0f766e");
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByRole("dialog").getByText("Brand colour:")).toBeVisible();
  await page.getByLabel("What is new").fill("Our own green");
  await page.getByRole("button", { name: "Publish now" }).click();
  await expect(page.getByText("Published: the brand wears it now")).toBeVisible();
  const versions = page.locator("#versions");
  await expect(versions.getByText("Our own green")).toBeVisible();

  await colour.fill("#7c3aed");
  await colour.blur();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("button", { name: "Publish now" }).click();
  await expect(versions.getByRole("button", { name: "Bring back version 1" })).toBeVisible();
  await versions.getByRole("button", { name: "Bring back version 1" }).click();
  await expect(page.getByText("Version 1 is worn again")).toBeVisible();
  await expect(colour).toHaveValue("#0f766e");
  silent();
});

test("colours come from a style sheet, and a theme goes out as a file and comes in again", async ({ page }) => {
  await signIn(page, people.olivia);
  await page.goto("/brands");
  await settled(page);
  await page.getByLabel("Name", { exact: true }).fill(`Files ${Date.now()}`);
  await page.getByRole("button", { name: "Make brand" }).click();
  await settled(page);
  await page.getByLabel("From a website’s style sheet").fill("a{color:#b91c1c}.x{background:#b91c1c}.y{color:#eee}");
  await page.getByRole("button", { name: "Take #b91c1c" }).click();
  const colour = page.getByLabel("Brand colour", { exact: true });
  await expect(colour).toHaveValue("#b91c1c");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as a file" }).click(),
  ]);
  const path = await download.path();
  await page.getByLabel("Corners").fill("0");
  await colour.fill("#000000");
  await colour.blur();
  await page.getByLabel("From a theme file").setInputFiles(path);
  await expect(colour).toHaveValue("#b91c1c");
  await expect(page.getByLabel("Corners")).toHaveValue("6");
  await page.getByLabel("From a theme file").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await expect(page.getByText("This is not a theme file")).toBeVisible();
  // A picture is read in the browser.
  const picture = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg==",
    "base64",
  );
  await page.getByLabel("From a logo").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: picture });
  await expect(page.locator(".swatches")).toBeVisible();
});

test("what is published is on the page before any script, and nothing else is", async ({ page, request }) => {
  await signIn(page, people.olivia);
  await page.goto("/program");
  const html = await page.content();
  const own = /<style[^>]*>:root\{[^<]*<\/style>/.exec(html)?.[0] ?? "";
  expect(own.length).toBeGreaterThan(20);
  expect(own.length).toBeLessThan(6 * 1024);
  expect(request).toBeTruthy();
});

test("somebody who may not dress a brand is told who can", async ({ page }) => {
  await signIn(page, people.noor);
  await page.goto("/brands");
  await expect(page.getByText("Brands are kept by the vendor's owners")).toBeVisible();
});
