// Every browser test runs against a server that `cargo xtask e2e` seeded and started; RIALTO_URL names it.
import { defineConfig, devices } from "@playwright/test";

const desktop = devices["Desktop Chrome"];

export default defineConfig({
  // What is measured on request lies beside the tests.
  testDir: process.env.RIALTO_MEASURE === undefined ? "tests" : "measure",
  outputDir: "test-results",
  // The tests share one server and its demo; two workers are what two cores carry.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: process.env.RIALTO_URL ?? "http://127.0.0.1:3000",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // What moves without end would keep a browser without a graphics card busy drawing.
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        // A container's root has no sandbox to enter.
        "--no-sandbox",
        "--disable-gpu",
        // Nothing but the server under test may be asked for anything.
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  // Every test runs hydrated; a tag says where else it must hold: `@plain` without JavaScript, `@phone` on a phone.
  projects: [
    { name: "hydrated", use: { ...desktop, viewport: { width: 1280, height: 800 } } },
    { name: "plain", grep: /@plain/, use: { ...desktop, viewport: { width: 1280, height: 800 }, javaScriptEnabled: false } },
    {
      name: "phone",
      grep: /@phone/,
      use: { ...desktop, viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    },
  ],
});
