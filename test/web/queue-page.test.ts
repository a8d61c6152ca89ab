import { afterAll, expect, test, vi } from "vitest";
import { letterOf, plannedUpdate, waitingOf } from "../fixtures/fake-talos.ts";
import { livelyTalos } from "../fixtures/lively/lively-talos.ts";
import { describeWith } from "../parties/describe-with.ts";
import { closeBrowser, eventually, openVisit, visitTimeoutMs } from "./open-visit.ts";

const nowMs = Date.now();

vi.setConfig({ testTimeout: visitTimeoutMs });

describeWith(["chromium"], "the queue in a browser", () => {
  afterAll(closeBrowser);

  test("what waits is told with what it waits for, until when, and how often it failed", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
    await visit.open("queue");
    const { page } = visit;
    const waiting = page.getByRole("region", { name: "Waiting" });
    await waiting.getByRole("row", { name: "grafana" }).getByText("goes next").waitFor();
    const loki = await waiting.getByRole("row", { name: "loki" }).innerText();
    expect(loki).toContain("throttled");
    expect(loki).toMatch(/in \d+ min \d\d s/);
    const paperless = await waiting.getByRole("row", { name: "paperless" }).innerText();
    expect(paperless).toContain("3 tries failed: the server refused the push");
    await waiting.getByText("2 images together").click();
    await waiting.getByText("machine-learning").waitFor();
    expect(visit.problems).toEqual([]);
  });

  test("a countdown goes on by itself", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }) });
    await visit.open("queue");
    const countdown = visit.page.locator(".countdown").first();
    const before = await countdown.innerText();
    await eventually(() => countdown.innerText()).not.toBe(before);
  });

  test("dead letters are dropped one by one after a question that names them", async () => {
    const talos = livelyTalos({ nowMs });
    await using visit = await openVisit({ talos });
    await visit.open("queue");
    const { page } = visit;
    await page.getByRole("checkbox", { name: "Choose vaultwarden" }).check();
    await page.getByRole("checkbox", { name: "Choose immich" }).check();
    await page.getByRole("button", { name: "Drop 2 chosen" }).click();
    const dialog = page.getByRole("dialog", { name: "Drop 2 dead letters" });
    expect(await dialog.innerText()).toMatch(/vaultwarden[^]*immich/);
    // One that came meanwhile is not among them.
    const late = letterOf(plannedUpdate("late"));
    talos.state.letters.push(late);
    await dialog.getByRole("button", { name: "Drop 2 dead letters" }).click();
    await dialog.waitFor({ state: "detached" });
    const cleared = talos.state.calls.filter((call) => call.startsWith("replay") || call.startsWith("clear"));
    expect(cleared).toEqual([
      expect.stringMatching(/^clear .*vaultwarden.* by admin \(page\)$/),
      expect.stringMatching(/^clear .*immich.* by admin \(page\)$/),
    ]);
    expect(talos.state.letters).toContain(late);
    await page.getByRole("row", { name: "late" }).waitFor();
  });

  test("all are replayed when none is chosen, also one that cannot be read", async () => {
    const talos = livelyTalos({ nowMs });
    await using visit = await openVisit({ talos });
    await visit.open("queue");
    await visit.page.getByRole("button", { name: "Replay all" }).click();
    await visit.page.getByRole("dialog").getByRole("button", { name: "Replay 4 dead letters" }).click();
    await visit.page.getByText("Nothing failed for good").waitFor();
    expect(talos.state.calls.filter((call) => call.startsWith("replay"))).toHaveLength(4);
  });

  test("what did not work is told for each, and stays", async () => {
    const talos = livelyTalos({ nowMs });
    await using visit = await openVisit({ talos });
    await visit.open("queue");
    const { page } = visit;
    await page.getByRole("button", { name: "Replay vaultwarden" }).click();
    talos.state.letters.splice(0);
    await page.getByRole("dialog").getByRole("button", { name: "Replay 1 dead letter" }).click();
    await page.getByRole("dialog").getByText("there is no dead letter").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  test("an update is held from the queue", async () => {
    const talos = livelyTalos({ nowMs });
    await using visit = await openVisit({ talos });
    await visit.open("queue");
    await visit.page.getByRole("button", { name: "Hold grafana" }).click();
    const dialog = visit.page.getByRole("dialog", { name: "Hold grafana" });
    expect(await dialog.innerText()).toContain("github.com/me/infra");
    await dialog.getByRole("button", { name: "Hold grafana" }).click();
    await visit.page.getByText("grafana is held").waitFor();
    expect(talos.state.calls).toContainEqual(expect.stringMatching(/^hold .*grafana.* by admin \(page\)$/));
  });

  test("what is queued meanwhile appears", async () => {
    const talos = livelyTalos({ nowMs });
    talos.state.queue.splice(0);
    talos.state.letters.splice(0);
    await using visit = await openVisit({ talos });
    await visit.open("queue");
    await visit.page.getByText("Nothing waits").waitFor();
    await visit.page.getByText("Nothing failed for good").waitFor();
    talos.state.queue.push(waitingOf(plannedUpdate("surprise")));
    talos.happen({ kind: "queued", text: "surprise is queued" });
    await visit.page.getByRole("row", { name: "surprise" }).waitFor();
  });

  test("who may only look sees all, and no button", async () => {
    await using visit = await openVisit({ talos: livelyTalos({ nowMs }), as: "read" });
    await visit.open("queue");
    await visit.page.getByRole("row", { name: "grafana" }).waitFor();
    await visit.page.getByText("You may look.").waitFor();
    const main = visit.page.getByRole("main");
    expect(await main.getByRole("button").count()).toBe(0);
    expect(await main.getByRole("checkbox").count()).toBe(0);
  });

  test("what cannot be read is told, and asked for again on a click", async () => {
    const talos = livelyTalos({ nowMs });
    const queue = () => talos.state.queue;
    let isBroken = true;
    const broken = { ...talos.delivery, queue: async () => (isBroken ? Promise.reject(new Error("no")) : queue()) };
    await using visit = await openVisit({ talos: Object.assign(talos, { delivery: broken }) });
    await visit.open("queue");
    const waiting = visit.page.getByRole("region", { name: "Waiting" });
    await waiting.getByRole("alert").waitFor();
    isBroken = false;
    await waiting.getByRole("button", { name: "Try again" }).click();
    await waiting.getByRole("row", { name: "grafana" }).waitFor();
  });
});
