// E-mail: what a mail's link leads to, signed out and signed in; a forgotten password; the way out of the summary.
import { readFileSync, readdirSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { axe, expectNoConsoleProblems, hydrated, password, people, signIn } from "../support";

const folder = process.env["RIALTO_MAIL"] ?? "";

interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** The mails that the server has handed over so far, newest first. */
function mails(): Mail[] {
  const files = readdirSync(folder).sort().reverse();
  return files.map((file) => read(readFileSync(`${folder}/${file}`, "utf8")));
}

function read(raw: string): Mail {
  const [head = "", ...rest] = raw.split("\r\n\r\n");
  const field = (name: string) => {
    const found = new RegExp(`^${name}: ((?:.*(?:\r\n[ \t])?)*)`, "mi").exec(head)?.[1] ?? "";
    return found.replace(/\r\n[ \t]/g, " ").replace(/\?=\s+=\?/g, "?==?").replace(/=\?utf-8\?b\?(.*?)\?=/gi, (_, text: string) => decoded(text, "base64"));
  };
  // The plain part comes first.
  const part = rest.join("\r\n\r\n").split(/\r\n--/)[0] ?? "";
  const [partHead = "", ...body] = part.split("\r\n\r\n");
  const encoding = /content-transfer-encoding: (\S+)/i.exec(partHead)?.[1]?.toLowerCase() ?? "7bit";
  return { to: field("To"), subject: field("Subject"), text: decoded(body.join("\r\n\r\n"), encoding) };
}

function decoded(text: string, encoding: string): string {
  if (encoding === "base64") return Buffer.from(text, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return text;
  const bytes = text.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Waits for the mail to somebody about something. */
async function mailTo(email: string, about: string): Promise<Mail> {
  let found: Mail | undefined;
  await expect(() => {
    found = mails().find((mail) => mail.to.includes(email) && mail.subject.includes(about));
    expect(found, `a mail to ${email} about ${about}`).toBeDefined();
  }).toPass({ timeout: 20_000 });
  return found as Mail;
}

function linkIn(mail: Mail, part: string): string {
  const link = mail.text.split(/\s+/).find((word) => word.includes(part));
  expect(link, mail.text).toBeDefined();
  return link as string;
}

/** Registers a deal and gives its id. */
async function registered(page: Page, name: string): Promise<string> {
  await page.goto("/deals/new");
  await hydrated(page);
  await page.getByLabel("Company", { exact: true }).fill(name);
  await page.getByLabel("Country", { exact: true }).selectOption("CH");
  await page.getByLabel("Website", { exact: true }).fill(`${name.toLowerCase().replace(/ /g, "-")}.example`);
  await page.getByLabel("Product", { exact: true }).selectOption({ index: 1 });
  await page.getByLabel("Value", { exact: true }).fill("950,000.00");
  await page.getByLabel("Expected close").fill("2031-06-30");
  await page.getByLabel("What shows that you are working on it?").fill("Workshop with the head of IT");
  await page.getByRole("button", { name: "Register deal" }).click();
  await expect(page).toHaveURL(/\/receipt$/);
  return /deal_[^/]+/.exec(page.url())?.[0] ?? "";
}

test("a return by the vendor arrives as a mail, whose link leads through the sign-in to the asked fields", async ({ browser }) => {
  const name = `Briefwerk ${process.env["E2E_RUN"] ?? Date.now()}`;
  const sam = await (await browser.newContext()).newPage();
  await signIn(sam, people.sam);
  const deal = await registered(sam, name);
  const carlos = await (await browser.newContext()).newPage();
  await signIn(carlos, people.carlos);
  const returned = await carlos.request.post(`/api/v1/deals/${deal}/return`, {
    data: { fields: ["value"], note: "Please split the value by year." },
  });
  expect(returned.status(), await returned.text()).toBe(200);

  const mail = await mailTo(people.sam, name);
  expect(mail.subject).toBe(`${name} needs more information from you`);
  const link = linkIn(mail, "/inbox/ntc_");
  const stranger = await (await browser.newContext()).newPage();
  const silent = expectNoConsoleProblems(stranger);
  await stranger.goto(link);
  await expect(stranger).toHaveURL(/\/sign-in\?next=/);
  await stranger.getByLabel("E-mail").fill(people.sam);
  await stranger.getByLabel("Password").fill(password);
  await stranger.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(stranger).toHaveURL(new RegExp(`/deals/${deal}/edit$`));
  await hydrated(stranger);
  await expect(stranger.getByText("Please split the value by year.")).toBeVisible();
  await expect(stranger.getByLabel("Value", { exact: true })).toBeEnabled();
  await expect(stranger.getByLabel("Company", { exact: true })).toBeDisabled();
  silent();
});

test("the sign-in leads to no other server", async ({ page }) => {
  for (const next of ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"]) {
    await page.context().clearCookies();
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await page.getByLabel("E-mail").fill(people.noor);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL((url) => url.pathname === "/");
    expect(new URL(page.url()).host).toBe(new URL(test.info().project.use.baseURL ?? "").host);
  }
});

test("whoever forgot the password is told nothing, and sent a link that works once @plain", async ({ page }, info) => {
  test.skip(info.project.name !== "plain", "one person's password is changed once");
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  for (const email of ["nobody@alpine.example", people.mina]) {
    await page.goto("/forgotten");
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByText("If somebody has this address here")).toBeVisible();
  }
  const link = linkIn(await mailTo(people.mina, "new password"), "token=");
  await page.goto(link);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page).toHaveURL(/\/$|\/overview$/);
  await page.context().clearCookies();
  await page.goto(link);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page.getByText(/was used or is too old/)).toBeVisible();
});

test("everybody chooses what comes by mail", async ({ page }) => {
  const silent = expectNoConsoleProblems(page);
  await signIn(page, people.paula);
  await page.goto("/inbox/mail");
  await hydrated(page);
  await page.getByLabel("Everything else about your deals").selectOption({ label: "Not by e-mail" });
  await page.getByLabel("Daily summary at").selectOption("17:00");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved").first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Daily summary at")).toHaveValue("17:00");
  await axe(page);
  silent();
});
