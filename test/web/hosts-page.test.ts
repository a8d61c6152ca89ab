import { afterAll, expect, test, vi } from "vitest";
import type { ContainerDetails } from "../../src/hosts/container.ts";
import { logLimits } from "../../src/web/pages/hosts/log/log-buffer.ts";
import { fakeTalos } from "../fixtures/fake-talos.ts";
import { openHttpWorld } from "../fixtures/http-world.ts";
import { hostileName } from "../fixtures/lively/hostile-name.ts";
import { livelyTalos } from "../fixtures/lively/lively-talos.ts";
import { describeWith } from "../parties/describe-with.ts";
import { freePort } from "../parties/free-port.ts";
import { liveLog } from "./live-log.ts";
import { closeBrowser, eventually, openVisit, type Visit, visitTimeoutMs } from "./open-visit.ts";

const nowMs = Date.now();
const container = "immich-server-1";
const deepLink = `hosts/nas/${container}`;

vi.setConfig({ testTimeout: visitTimeoutMs });

describeWith(["chromium"], "hosts in a browser", () => {
  afterAll(closeBrowser);

  test("each host tells how it is, and of one that is down why, what to do and when it is tried again", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
    await visit.open("hosts");
    await visit.page.getByText("version 2.0.1").waitFor();
    const nas = await visit.page.getByRole("region", { name: "nas" }).innerText();
    expect(nas).toMatch(/36 of 39 running/);
    expect(nas).toContain("1 unhealthy");
    const attic = await visit.page.getByRole("region", { name: "attic" }).innerText();
    expect(attic).toContain("No route to host");
    expect(attic).toContain("Is it switched on?");
    expect(attic).toMatch(/Tried again in \d+ min \d\d s/);
    expect(attic).toContain("restic/rest-server:0.13.0");
    expect(visit.problems).toEqual([]);
  });

  test("containers are narrowed by words and to what is in trouble, and the address remembers it", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
    await visit.open("hosts");
    const { page } = visit;
    await page.getByRole("searchbox", { name: "Filter containers" }).fill("paperless");
    await eventually(() => page.getByRole("rowheader").count()).toBe(4);
    await page.getByRole("checkbox", { name: "Only what is in trouble" }).check();
    await eventually(() => page.getByRole("rowheader").allInnerTexts()).toEqual(["paperless-tika-1"]);
    await page.reload();
    await eventually(() => page.getByRole("rowheader").count()).toBe(1);
  });

  test("a container is restarted after a question that names it and its host", async () => {
    const talos = livelyTalos({ nowMs });
    await using visit = await openVisit({ talos, as: "operate" });
    await visit.open("hosts/nas");
    const { page } = visit;
    await page.getByRole("button", { name: `Restart ${container}` }).click();
    const dialog = page.getByRole("dialog", { name: `Restart ${container} on nas` });
    await dialog.getByText(`The container ${container} on the host nas`).waitFor();
    expect(talos.nas.calls).toEqual([]);
    await dialog.getByRole("button", { name: `Restart ${container} on nas` }).click();
    await dialog.getByText(`${container} on nas: running`).waitFor();
    expect(talos.nas.calls).toContainEqual(["restart", container]);
    await dialog.getByRole("button", { name: "Close" }).last().click();
  });

  test("what compose says is shown, and what failed is told", async () => {
    const talos = livelyTalos({ nowMs });
    await using visit = await openVisit({ talos, as: "operate" });
    await visit.open("hosts/nas");
    const { page } = visit;
    await page.getByRole("button", { name: "Up immich" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Up immich on nas" }).click();
    await page.getByRole("dialog").getByText("What it said").click();
    await page
      .getByRole("dialog")
      .getByText(/immich-redis-1\s+Started/)
      .waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    talos.nas.fake.state = { kind: "down", reason: "gone", hint: "plug it in", sinceMs: nowMs, nextTryMs: undefined };
    await page.getByRole("button", { name: "Pull immich" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Pull immich on nas" }).click();
    await page.getByRole("dialog").getByText("nas cannot be reached: gone").waitFor();
  });

  test("what nothing uses is removed only as it was shown", async () => {
    const talos = livelyTalos({ nowMs });
    await using visit = await openVisit({ talos, as: "operate" });
    await visit.open("hosts/nas");
    const { page } = visit;
    await page.getByRole("button", { name: "Prune… on nas" }).click();
    const dialog = page.getByRole("dialog", { name: "What nothing uses on nas" });
    await dialog.getByText("old_default").waitFor();
    const { leftovers } = talos.nas.fake;
    talos.nas.fake.leftovers = { ...leftovers, networks: [...leftovers.networks, { id: "n2", name: "new_default" }] };
    await dialog.getByRole("button", { name: "Remove all of it" }).click();
    await dialog.getByText("nothing was removed").waitFor();
    await dialog.getByText("new_default").waitFor();
    expect(talos.nas.calls.map(([call]) => call)).not.toContain("remove");
    await dialog.getByRole("button", { name: "Remove all of it" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(talos.nas.calls.map(([call]) => call)).toContain("remove");
  });

  test("who may only look has no buttons, but logs", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }), as: "read" });
    await visit.open("hosts/nas");
    await visit.page.getByRole("link", { name: container }).waitFor();
    expect(await visit.page.getByRole("main").getByRole("button").count()).toBe(0);
    await visit.page.getByRole("link", { name: container }).click();
    await visit.page.getByRole("log").getByText("GET /api/assets").first().waitFor();
    expect(await visit.page.getByRole("button", { name: "Restart" }).count()).toBe(0);
  });

  test("without hosts it says how to add one; an unknown one and an unknown container are told", async () => {
    await using visit = await openVisit({ talos: fakeTalos() });
    await visit.open("hosts");
    await visit.page.getByText("No hosts are configured").waitFor();
    await visit.open("hosts/nowhere");
    await visit.page.getByText("There is no host nowhere").waitFor();
    await using other = await openVisit({ talos: livelyTalos({ nowMs }) });
    await other.open("hosts/nas/nothing");
    await other.page.getByText("There is no container nothing on nas now").waitFor();
  });

  test("a name that looks like mark-up is text, and its unseen characters are named", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
    await visit.open("hosts/nas");
    const text = await visit.page.getByRole("link", { name: "<b>web</b>" }).innerText();
    expect(text).toBe(hostileName.replace("\u202e", "‹202e›"));
    await visit.page.getByRole("link", { name: "<b>web</b>" }).click();
    await visit.page.getByRole("heading", { level: 1, name: "<b>web</b>" }).waitFor();
    expect(visit.problems).toEqual([]);
  });
});

describeWith(["chromium"], "logs in a browser", () => {
  afterAll(closeBrowser);

  test("lines appear as they are written, as plain text", async () => {
    await using followed = await follow(["\u001b[31mold\u001b[0m line"]);
    const { visit, log } = followed;
    await visit.page.getByText("live", { exact: true }).waitFor();
    log.write("<img src=x onerror=alert(1)>", "\u001b]0;title\u0007plain");
    await eventually(() => linesOf(visit)).toEqual(["old line", "<img src=x onerror=alert(1)>", "plain"]);
    expect(visit.problems).toEqual([]);
  });

  test("a paused log stays as it is and then tells all", async () => {
    await using followed = await follow(["one"]);
    const { visit, log } = followed;
    await visit.page.getByText("one").waitFor();
    await visit.page.getByRole("button", { name: "Pause" }).click();
    log.write("two", "three");
    await visit.page.getByRole("button", { name: "Resume, 2 new lines" }).waitFor();
    expect(await linesOf(visit)).toEqual(["one"]);
    await visit.page.getByRole("button", { name: "Resume" }).click();
    await eventually(() => linesOf(visit)).toEqual(["one", "two", "three"]);
  });

  test("words are found, in both directions and round the ends", async () => {
    await using followed = await follow(["GET /", "an Error", "POST /", "error again"]);
    const { page } = followed.visit;
    const find = page.getByRole("searchbox", { name: "Find in the log" });
    await page.getByText("POST /").waitFor();
    await find.fill("ERROR");
    await page.getByText("2", { exact: true }).waitFor();
    await find.press("Enter");
    await page.getByText("1 of 2").waitFor();
    await find.press("Shift+Enter");
    await page.getByText("2 of 2").waitFor();
    expect(await page.locator(".log-line[aria-current]").innerText()).toBe("error again");
    expect(await page.locator("mark").allInnerTexts()).toEqual(["Error", "error"]);
  });

  test("who has scrolled up is left there, and jumps to the end by a button", async () => {
    await using followed = await follow(Array.from({ length: 300 }, (_, index) => `line ${index}`));
    const { visit, log } = followed;
    const box = visit.page.getByRole("log");
    await visit.page.getByText("line 299").waitFor();
    const place = () =>
      box.evaluate(({ scrollTop, scrollHeight, clientHeight }) => ({
        scrollTop,
        left: scrollHeight - scrollTop - clientHeight,
      }));
    await eventually(async () => (await place()).left).toBeLessThan(2);
    await box.evaluate((element) => element.scrollTo({ top: 500 }));
    await visit.page.getByRole("button", { name: "Jump to the end" }).waitFor();
    const { scrollTop } = await place();
    log.write("new line");
    await eventually(() => visit.page.locator(".log-line").count()).toBe(301);
    expect((await place()).scrollTop).toBe(scrollTop);
    await visit.page.getByRole("button", { name: "Jump to the end" }).click();
    await eventually(async () => (await place()).left).toBeLessThan(2);
    log.write("another line");
    await visit.page.getByText("another line").waitFor();
    await eventually(async () => (await place()).left).toBeLessThan(2);
  });

  test("however much is written, the page keeps only the newest lines", async () => {
    await using followed = await follow(["first"]);
    const { visit, log } = followed;
    await visit.page.getByText("first").waitFor();
    for (let part = 0; part < 12; part += 1)
      log.write(...Array.from({ length: 500 }, (_, index) => `flood ${part * 500 + index}`));
    await visit.page.getByText("flood 5999").waitFor();
    expect(await visit.page.locator(".log-line").count()).toBe(logLimits.lines);
    await visit.page.getByText("1001 earlier lines are not kept here").waitFor();
  });

  test("when the container ends that is told, and it is followed again on a click", async () => {
    await using followed = await follow(["bye"], { state: "exited", status: "Exited (0) 1 second ago" });
    followed.log.end();
    await followed.visit.page.getByText("the container writes no more").waitFor();
    await followed.visit.page.getByRole("button", { name: "Follow again" }).click();
    await followed.visit.page.getByText("the container writes no more").waitFor();
    await eventually(() => linesOf(followed.visit)).toEqual(["bye"]);
  });

  test("after Talos was restarted the log goes on by itself, with no line missing or doubled", async () => {
    const talos = livelyTalos({ nowMs });
    const log = liveLog(["one", "two"]);
    Object.assign(talos.nas, { followLogs: log.followLogs });
    const port = await freePort();
    await using visit = await openVisit({ talos, port });
    await visit.open(deepLink);
    await visit.page.getByText("two").waitFor();
    const { store } = visit.world;
    await visit.world[Symbol.asyncDispose]();
    await visit.page.getByText("trying again").waitFor();
    log.write("three", "four");
    await using _again = await openHttpWorld({ talos, store, port });
    await visit.page.getByText("live", { exact: true }).waitFor();
    log.write("five");
    await eventually(() => linesOf(visit)).toEqual(["one", "two", "three", "four", "five"]);
  });
});

async function follow(before: readonly string[], changes: Partial<ContainerDetails> = {}) {
  await using stack = new AsyncDisposableStack();
  const talos = livelyTalos({ nowMs });
  const { fake } = talos.nas;
  fake.containers = fake.containers.map((one) => (one.name === container ? { ...one, ...changes } : one));
  const log = liveLog(before);
  Object.assign(talos.nas, { followLogs: log.followLogs });
  const visit = stack.use(await openVisit({ talos }));
  await visit.open(deepLink);
  const parts = stack.move();
  return { visit, log, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

function linesOf(visit: Visit): Promise<readonly string[]> {
  return visit.page.locator(".log-line").allInnerTexts();
}
