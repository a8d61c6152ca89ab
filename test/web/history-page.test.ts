import { afterAll, expect, test, vi } from "vitest";
import { fakeTalos, infra } from "../fixtures/fake-talos.ts";
import { openHttpWorld } from "../fixtures/http-world.ts";
import { livelyTalos } from "../fixtures/lively/lively-talos.ts";
import { otherSource } from "../fixtures/lively/other-source.ts";
import { describeWith } from "../parties/describe-with.ts";
import { freePort } from "../parties/free-port.ts";
import { closeBrowser, eventually, openVisit, type Visit, visitTimeoutMs } from "./open-visit.ts";

const nowMs = Date.now();
const commit = "beef".repeat(10);

vi.setConfig({ testTimeout: visitTimeoutMs });

describeWith(["chromium"], "history in a browser", () => {
  afterAll(closeBrowser);

  test("what happened is told by day, newest first, and a commit with all that it brought", async () => {
    const talos = livelyTalos({ nowMs });
    const link = `https://git.example.com/-/commit/${commit}`;
    for (const text of ["web 1 → 2", "db 3 → 4"])
      talos.happen({ kind: "delivered", atMs: nowMs, source: infra, text, size: "major", commit, link });
    await using visit = await openVisit({ talos });
    await visit.open("history");
    const { page } = visit;
    const first = page.getByRole("region", { name: "Today" }).getByRole("listitem").first();
    await first.getByText("2 committed").waitFor();
    expect(await first.innerText()).toMatch(/web 1 → 2[^]*db 3 → 4/);
    const address = first.getByRole("link", { name: "beefbeef" });
    expect(await address.getAttribute("href")).toBe(link);
    await page.getByRole("region", { name: "Yesterday" }).waitFor();
    expect(visit.problems).toEqual([]);
  });

  test("a commit's pipeline changes where the commit stands", async () => {
    const talos = fakeTalos();
    await using visit = await openVisit({ talos });
    await visit.open("history");
    await visit.page.getByText("Nothing has happened yet").waitFor();
    const pipeline = (state: string) =>
      talos.happen({
        kind: "pipeline",
        atMs: nowMs,
        source: infra,
        text: `the pipeline of web is ${state}`,
        commit,
        link: "https://git.example.com/-/pipelines/7",
        facts: { state, project: "me/infra", ref: "main", durationSeconds: 75 },
      });
    talos.happen({ kind: "delivered", atMs: nowMs, source: infra, text: "web 1 → 2", commit });
    pipeline("running");
    await visit.page.getByText("pipeline running").waitFor();
    pipeline("failed");
    await visit.page.getByText("pipeline failed in 1 min 15 s").waitFor();
    expect(await itemsOf(visit)).toBe(1);
  });

  test("filters narrow, together, and are in the address", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
    await visit.open("history");
    const { page } = visit;
    await page.getByRole("combobox", { name: "Source" }).selectOption(otherSource);
    await eventually(async () => (await textsOf(visit)).every((text) => text.includes(otherSource))).toBe(true);
    await page.getByRole("checkbox", { name: "Failures only" }).check();
    await eventually(async () =>
      (await textsOf(visit)).every((text) => /^\d\d:\d\d\s+(?:failed|scan failed)/.test(text)),
    ).toBe(true);
    expect(await itemsOf(visit)).toBeGreaterThan(0);
    await page.getByRole("combobox", { name: "About" }).selectOption("Scans");
    await page.reload();
    await page.getByText("scan failed").first().waitFor();
    await eventually(async () => (await textsOf(visit)).every((text) => text.includes("scan failed"))).toBe(true);
    await page.getByRole("combobox", { name: "About" }).selectOption("Queue and failures");
    await page.getByRole("combobox", { name: "Source" }).selectOption("All sources");
    await eventually(async () => (await textsOf(visit)).every((text) => text.includes("failed:"))).toBe(true);
  });

  test("further back is loaded on a click, until the beginning", async () => {
    const talos = fakeTalos();
    for (let index = 0; index < 450; index += 1)
      talos.happen({ kind: "queued", atMs: nowMs - (450 - index) * 60_000, source: infra, text: `event ${index}` });
    await using visit = await openVisit({ talos });
    await visit.open("history");
    const further = visit.page.getByRole("button", { name: "Further back" });
    await further.waitFor();
    expect(await itemsOf(visit)).toBe(200);
    await further.click();
    await eventually(() => itemsOf(visit)).toBe(400);
    await further.click();
    await eventually(() => itemsOf(visit)).toBe(450);
    await further.waitFor({ state: "detached" });
    const texts = (await textsOf(visit)).map((text) => Number(/event (\d+)/.exec(text)?.[1]));
    expect(texts).toEqual(Array.from({ length: 450 }, (_, index) => 449 - index));
  });

  test("at the top new events appear; further down nothing moves until that is wanted", async () => {
    const talos = livelyTalos({ nowMs });
    await using visit = await openVisit({ talos });
    await visit.open("history");
    const { page } = visit;
    await page.getByText("2 committed").first().waitFor();
    talos.happen({ kind: "queued", atMs: nowMs, source: infra, text: "at the top" });
    await page.getByText("at the top").waitFor();
    await page.evaluate("scrollTo({ top: 2500 })");
    const seen = page.locator(".time-line-item").nth(40);
    const place = async () => (await seen.boundingBox())?.y;
    const before = await place();
    talos.happen({ kind: "queued", atMs: nowMs, source: infra, text: "later" });
    talos.happen({ kind: "queued", atMs: nowMs, source: infra, text: "last" });
    const button = page.getByRole("button", { name: "2 new events" });
    await button.waitFor();
    expect(await place()).toBe(before);
    await button.click();
    await page.getByText("last", { exact: true }).waitFor();
    await button.waitFor({ state: "detached" });
  });

  test("what happened while the connection was lost is there afterwards, once", async () => {
    const talos = livelyTalos({ nowMs });
    const port = await freePort();
    await using visit = await openVisit({ talos, port });
    await visit.open("history");
    const { page } = visit;
    talos.happen({ kind: "queued", atMs: nowMs, source: infra, text: "before it" });
    await page.getByText("before it").waitFor();
    const { store } = visit.world;
    await visit.world[Symbol.asyncDispose]();
    for (const text of ["while it was away", "and another"])
      talos.happen({ kind: "queued", atMs: nowMs, source: infra, text });
    await using _again = await openHttpWorld({ talos, store, port });
    await page.getByText("while it was away").waitFor();
    talos.happen({ kind: "queued", atMs: nowMs, source: infra, text: "after it" });
    await page.getByText("after it").waitFor();
    expect((await textsOf(visit)).filter((text) => /it$|away|another/m.test(text))).toHaveLength(4);
  });

  test("charts have a table for who does not see them, and meters that say what is left", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
    await visit.open("history");
    const { page } = visit;
    const weeks = page.getByRole("figure", { name: "Updates per week" });
    await weeks.getByText("As a table").click();
    const row = weeks.getByRole("row").nth(1);
    const figures = (await row.getByRole("cell").allInnerTexts()).map(Number);
    const [digest = 0, patch = 0, minor = 0, major = 0, delivered] = figures;
    expect(delivered).toBeGreaterThan(0);
    expect(digest + patch + minor + major).toBe(delivered);
    const bars = await weeks.locator(".chart-bar").count();
    expect(bars).toBeGreaterThan(3);
    const registries = page.getByRole("figure", { name: "Requests to registries" });
    const left = registries.getByRole("progressbar", { name: "Budget left" });
    expect(await left.getAttribute("value")).toBe("7");
    await registries.getByText("5 of 5 updates an hour").first().waitFor();
  });

  test("links that are not of the web are text", async () => {
    const talos = fakeTalos();
    talos.happen({ kind: "delivered", atMs: nowMs, text: "web", commit, link: "javascript:alert(1)" });
    await using visit = await openVisit({ talos });
    await visit.open("history");
    await visit.page.getByText("beefbeef").waitFor();
    expect(await visit.page.getByRole("link", { name: "beefbeef" }).count()).toBe(0);
  });

  test("a log that cannot be read is told, with a way to try again", async () => {
    const talos = livelyTalos({ nowMs });
    const { events } = talos;
    let isBroken = true;
    const fail = () => Promise.reject(new Error("no"));
    const latest = (limit: number) => (isBroken ? fail() : events.latest(limit));
    const read = (after: number, limit: number) => (isBroken ? fail() : events.read(after, limit));
    await using visit = await openVisit({ talos: Object.assign(talos, { events: { ...events, latest, read } }) });
    await visit.open("history");
    const timeLine = visit.page.getByRole("region", { name: "Time line" });
    await timeLine.getByRole("alert").waitFor();
    isBroken = false;
    await timeLine.getByRole("button", { name: "Try again" }).click();
    await visit.page.getByText("2 committed").first().waitFor();
  });
});

function itemsOf(visit: Visit): Promise<number> {
  return visit.page.locator(".time-line-item").count();
}

function textsOf(visit: Visit): Promise<readonly string[]> {
  return visit.page.locator(".time-line-item").allInnerTexts();
}
