// What the browser tests share: people who sign in, a console that must stay silent, and axe.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test, type Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

/** The demo's people; they all have the same password. */
export const people = {
  olivia: "olivia@northwind.example",
  carlos: "carlos@northwind.example",
  mina: "mina@northwind.example",
  paula: "paula@alpine.example",
  sam: "sam@alpine.example",
  noor: "noor@bluepeak.example",
} as const;

export const password = "demo-rialto";

/** Signs in through the form and waits until it has led somewhere else; works with and without JavaScript. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/**
 * Collects what the browser complains of from now on: console errors and warnings, uncaught errors, and answers
 * of the server that say it failed. Call the returned function at the end of the test: it fails when there was any.
 * `expected` names complaints that are the point of a test, such as the 404 of a page that is not there.
 */
export function expectNoConsoleProblems(page: Page, expected: RegExp[] = []): () => void {
  const problems: string[] = [];
  const note = (problem: string) => {
    if (!expected.some((pattern) => pattern.test(problem))) problems.push(problem);
  };
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) note(`${message.type()}: ${message.text()} (${page.url()})`);
  });
  page.on("pageerror", (error) => note(`uncaught: ${error.message} (${page.url()})`));
  page.on("response", (response) => {
    if (response.status() >= 500) note(`${response.status()} ${response.url()}`);
  });
  return () => expect(problems, "the console must stay silent").toEqual([]);
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with the page as it is now: WCAG 2.2 A and AA, and its best practices. */
export async function violations(page: Page, options: RunOptions = {}): Promise<string[]> {
  // Through the debugger, not a script tag: the page's content policy forbids those, and shall.
  await page.evaluate(`window.axe ?? (() => { ${axeSource} })()`);
  const results = await page.evaluate(async (options) => {
    const { axe } = window as unknown as { axe: { run: (context: Document, options: object) => Promise<unknown> } };
    return (await axe.run(document, options)) as unknown;
  }, options as object) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${(node.failureSummary ?? "").replace(/\s+/g, " ")}`),
  );
}

/** Fails when axe finds a violation on the page as it is now. */
export async function axe(page: Page, options: RunOptions = {}): Promise<void> {
  // axe waits for timers, which a page without JavaScript does not have; the hydrated run has looked at it.
  if (test.info().project.use.javaScriptEnabled === false) return;
  expect(await violations(page, options), `axe on ${page.url()}`).toEqual([]);
}

/** Lets everything that hydration set in motion begin: effects run in the frame after it. */
export async function settled(page: Page): Promise<void> {
  await hydrated(page);
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
  );
}

/** By how many pixels the page can be scrolled sideways, and what sticks out. */
export async function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    if (document.documentElement.scrollWidth <= window.innerWidth) return [];
    const out = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > window.innerWidth + 1,
    );
    return out.slice(0, 5).map((element) => `${element.tagName}.${element.className}`);
  });
}

/** Waits until the browser's code has taken over the page; without it a click is a plain link or form post. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset["hydrated"] !== undefined);
}
