import { afterAll, expect, test } from "vitest";
import { openWorld, type World } from "../daemon/world.ts";
import { fakeTalos } from "../fixtures/fake-talos.ts";
import { localHost, openTestHosts } from "../hosts/open-test-hosts.ts";
import { startChromium } from "../parties/chromium.ts";
import { describeWith } from "../parties/describe-with.ts";
import { dockerEngine } from "../parties/docker-engine.ts";
import { freePort } from "../parties/free-port.ts";
import { closeBrowser, eventually, openVisit } from "./open-visit.ts";

const patience = { timeout: 90_000 };

describeWith(["chromium", "git", "docker-registry"], "a person, a browser and talos run", () => {
  test(
    "an update is approved on the page, and its commit lands in the time line, though Talos was restarted",
    patience,
    async () => {
      await using world = await openWorld();
      for (const tag of ["1.0.0", "1.1.0"]) await world.registry.push({ repository: "web", tags: [tag], content: tag });
      const repository = await world.repository("infra", {
        "compose.yml": `services:\n  web:\n    image: ${world.registry.host}/web:1.0.0\n    x-tl: ^?\n`,
      });
      const settings = {
        ImageUpdateSettings: {
          Schedule: { Type: "Delay", DelaySeconds: 3600 },
          Repositories: [{ Url: repository.path }],
        },
        ApiSettings: { Port: String(await freePort()) },
      };
      const start = async () => {
        const daemon = await world.daemon(settings, { patienceMs: 30_000 });
        await daemon.waitFor("the page is served", ({ msg }) => msg.startsWith("the page and the API are at"));
        return daemon;
      };
      const first = await start();
      await first.waitFor("the question", ({ kind }) => kind === "question-opened");
      await using browser = await startChromium();
      const page = await browser.newPage();
      page.setDefaultTimeout(30_000);
      await page.goto(`http://127.0.0.1:${settings.ApiSettings.Port}/`);
      await page.getByLabel("Token").fill(await createToken(world));
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("button", { name: /^Push .*web/ }).waitFor();

      expect(await first.stop()).toBe(0);
      await page.getByText("The connection to Talos is lost").waitFor();
      const second = await start();
      await page.getByText("The connection to Talos is lost").waitFor({ state: "detached" });

      await page.getByRole("button", { name: /^Push .*web/ }).click();
      const delivered = await second.waitFor("the commit", ({ kind }) => kind === "delivered");
      await page.getByRole("navigation").getByRole("link", { name: "History" }).click();
      const commit = String(delivered.commit).slice(0, 8);
      const item = page
        .locator(".time-line-item")
        .filter({ has: page.getByText(commit) })
        .filter({ hasText: "committed" });
      await item.getByText("committed").waitFor();
      expect(await item.innerText()).toContain("web");
      const [newest] = await repository.commits();
      expect(newest?.id).toBe(delivered.commit);
      expect(await repository.read("compose.yml")).toContain("web:1.1.0");
      await page.getByText("ada (page)").first().waitFor();
      expect(await second.stop()).toBe(0);
    },
  );
});

describeWith(["chromium", "dockerd", "busybox"], "a browser and a Docker engine", () => {
  afterAll(closeBrowser);

  test("what a container writes is followed, and a restart on the page is seen in it", patience, async () => {
    await using engine = await dockerEngine();
    await engine.importImage({ tag: "talos/writer:1" });
    const script = 'trap "exit 0" TERM; echo begun; i=0; while true; do i=$((i+1)); echo "line $i"; sleep 0.2; done';
    await engine.run({ name: "writer", image: "talos/writer:1", command: ["sh", "-c", script] });
    await using hosts = await openTestHosts({ nas: localHost(engine.socket) });
    await hosts.until("nas", "up");
    await using visit = await openVisit({ talos: fakeTalos([], { hosts: [hosts.host("nas")] }), as: "operate" });
    await visit.open("hosts/nas/writer");
    const { page } = visit;
    page.setDefaultTimeout(20_000);
    await page.getByText("line 3", { exact: true }).waitFor();
    const texts = await page.locator(".log-line").allInnerTexts();
    expect(texts).toEqual(["begun", ...texts.slice(1).map((_, index) => `line ${index + 1}`)]);
    await page.getByRole("button", { name: "Restart" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Restart writer on nas" }).click();
    await page.getByRole("dialog").getByText("writer on nas: running").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    await eventually(
      async () => (await page.locator(".log-line").allInnerTexts()).filter((text) => text === "begun").length,
    ).toBe(2);
    expect(visit.problems).toEqual([]);
  });
});

async function createToken(world: World): Promise<string> {
  const { stdout } = await world.talos(["token", "create", "ada", "--access", "operate", "--json"]);
  const { view }: { view: readonly { type: string; text?: string }[] } = JSON.parse(stdout);
  return view.find(({ type }) => type === "code")?.text ?? "";
}
