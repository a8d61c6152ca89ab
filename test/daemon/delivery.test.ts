import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { openWorld } from "./world.ts";

describeWith(["git", "docker-registry"], "talos run", () => {
  test("An update that policy allows is committed and pushed.", async () => {
    await using world = await openWorld();
    const { host } = world.registry;
    const old = await world.registry.push({ repository: "web", tags: ["1.0.0"], content: "a" });
    const next = await world.registry.push({ repository: "web", tags: ["1.0.1"], content: "b" });
    const repository = await world.repository("infra", {
      "compose.yml": `services:\n  web:\n    image: ${host}/web:1.0.0@${old.digest}\n    x-tl: ^!\n`,
    });
    const daemon = await world.daemon({ ImageUpdateSettings: { Repositories: [{ Url: repository.path }] } });
    const delivered = await daemon.waitFor("delivered", ({ kind }) => kind === "delivered");
    expect(await repository.read("compose.yml")).toContain(`web:1.0.1@${next.digest}`);
    const [commit, first] = await repository.commits();
    expect(commit).toEqual({
      id: delivered.commit,
      author: "Talos",
      message: `[Talos] Updating images\n\ncompose.yml\n  web: web:1.0.0@${old.digest.slice(7, 15)} -> web:1.0.1@${next.digest.slice(7, 15)}`,
    });
    expect(first?.message).toBe("Begin");
    expect(await daemon.stop()).toBe(0);
    expect(daemon.other).toEqual([]);
  });
});
