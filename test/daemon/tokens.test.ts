import { rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { gitLabPush } from "../fixtures/webhook-payloads.ts";
import { describeWith } from "../parties/describe-with.ts";
import { freePort } from "../parties/free-port.ts";
import { findInFiles, findSecrets } from "./find-secrets.ts";
import { openWorld } from "./world.ts";

const body = JSON.stringify(gitLabPush);
let deliveries = 0;

function signed(token: string) {
  const id = `msg_${++deliveries}`;
  const now = new Date();
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(token).sign(id, now, body),
  };
}

function foundIn(text: string, token: RegExp): string {
  const [found = ""] = token.exec(text) ?? [];
  expect(found).not.toBe("");
  return found;
}

describeWith(["git", "docker-registry"], "Tokens of a running Talos", () => {
  test("are made, used and revoked by commands, and are in no file and no log.", { timeout: 240_000 }, async () => {
    await using world = await openWorld();
    const port = await freePort();
    const settings = { ApiSettings: { Port: port, BaseUrl: `http://127.0.0.1:${port}/` } };
    const url = `http://127.0.0.1:${port}/webhooks/gitlab`;
    const post = async (headers: Readonly<Record<string, string>>) =>
      (await fetch(url, { method: "POST", body, headers })).status;
    const runs = (line: { readonly msg: string }) => line.msg.startsWith("talos runs");
    const key = join(world.folder.path, "talos", "data", "webhook.key");

    const first = await world.daemon(settings, { patienceMs: 60_000 });
    await first.waitFor("it runs", runs);
    const made = await world.talos(["token", "create", "Lab", "--integration", "gitlab"]);
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(made.stdout).toContain(url);
    const lab = foundIn(made.stdout, /whsec_[A-Za-z0-9+/]{43}=/);
    const page = await world.talos(["token", "create", "page", "--access", "operate", "--expires", "90d"]);
    const secrets = { lab: lab.slice(6), page: foundIn(page.stdout, /^ *[\w-]{43}$/m).trim() };
    expect((await world.talos(["createwebhook", "lab", "gitlab"])).stderr).toContain("there is a token lab already");
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    expect(await post(signed(lab))).toBe(202);
    expect(await post({ authorization: `Bearer ${secrets.page}` })).toBe(403);
    const listed = await world.talos(["listwebhooks", "--json"]);
    expect(JSON.parse(listed.stdout)).toMatchObject({
      view: [
        {},
        { rows: [["lab", "webhooks of GitLab", {}, expect.any(String), "never", { atMs: expect.any(Number) }]] },
      ],
    });
    expect(await first.stop()).toBe(0);

    const second = await world.daemon(settings, { patienceMs: 60_000 });
    await second.waitFor("it runs", runs);
    expect(await post(signed(lab))).toBe(202);
    expect(await second.stop()).toBe(0);

    await rename(key, `${key}.lost`);
    const third = await world.daemon(settings, { patienceMs: 60_000 });
    await third.waitFor("it runs", runs);
    expect((await world.talos(["token", "list"])).stdout).toMatch(/lab was made under another key/);
    expect(await post(signed(lab))).toBe(403);
    expect(await post({ authorization: `Bearer ${lab}` })).toBe(202);
    expect(await world.talos(["token", "revoke", "lab"])).toMatchObject({ status: 0 });
    expect(await post({ authorization: `Bearer ${lab}` })).toBe(403);
    const again = await world.talos(["token", "revoke", "lab"]);
    expect(again).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("there is no token lab") });
    const { stdout: events } = await world.talos(["events"]);
    expect(events).toContain("token create");
    expect(await third.stop()).toBe(0);

    const written = [first, second, third].map(({ lines, other }) => JSON.stringify([lines, other])).join("\n");
    expect(findSecrets(written + events, secrets)).toEqual([]);
    expect(await findInFiles(world.folder.path, secrets)).toEqual([]);
  });
});
