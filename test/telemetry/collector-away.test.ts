import { expect, test } from "vitest";
import type { RunningDaemon } from "../daemon/run-daemon.ts";
import { openWorld, type World } from "../daemon/world.ts";
import { describeWith } from "../parties/describe-with.ts";
import { otlpReceiver } from "../parties/otlp-receiver.ts";

const protocols = ["Grpc", "HttpProtobuf"] as const;
const isLost = ({ msg }: { readonly msg: string }) => msg.startsWith("traces do not reach ");

/** A Talos that delivers an update at once, and scans every second. */
async function deliver(world: World, tracing: object): Promise<RunningDaemon> {
  const { host } = world.registry;
  for (const tag of ["1.0.0", "1.0.1"]) await world.registry.push({ repository: "web", tags: [tag], content: tag });
  const repository = await world.repository("infra", {
    "compose.yml": `services:\n  web:\n    image: ${host}/web:1.0.0\n    x-tl: ^!\n`,
  });
  const daemon = await world.daemon(
    {
      ImageUpdateSettings: { Schedule: { DelaySeconds: 1 }, Repositories: [{ Url: repository.path }] },
      TracingSettings: { Enabled: true, ...tracing },
    },
    { patienceMs: 40_000 },
  );
  await daemon.waitFor("delivered", ({ kind }) => kind === "delivered");
  return daemon;
}

const patient = { timeout: 120_000 };

describeWith(["git", "docker-registry"], "a collector", () => {
  test.each(protocols)("that is not there over %s is told of once, and stops nothing.", patient, async (Protocol) => {
    await using world = await openWorld();
    await using gone = await otlpReceiver(Protocol);
    await gone[Symbol.asyncDispose]();
    const daemon = await deliver(world, { Endpoint: gone.endpoint, Protocol });
    const told = await daemon.waitFor("that traces are lost", isLost);
    expect(told.level).toBe(40);
    expect(told).not.toHaveProperty("TraceId");
    expect(await daemon.stop()).toBe(0);
    expect(daemon.lines.filter(isLost)).toHaveLength(1);
    expect(daemon.other).toEqual([]);
  });

  test.each(protocols)("that refuses and then takes over %s gets what comes then.", patient, async (Protocol) => {
    await using world = await openWorld();
    await using receiver = await otlpReceiver(Protocol);
    receiver.behave("refuse");
    const daemon = await deliver(world, { Endpoint: receiver.endpoint, Protocol });
    await daemon.waitFor("that traces are lost", isLost);
    expect(receiver.spans).toEqual([]);
    receiver.behave("take");
    await daemon.waitFor("that they are not any more", ({ msg }) => /^traces reach .+ again$/.test(msg));
    await receiver.waitFor("a scan", ({ name }) => name === "scan");
    expect(await daemon.stop()).toBe(0);
  });

  test.each(protocols)(
    "that never answers over %s keeps Talos neither from working nor from ending.",
    patient,
    async (Protocol) => {
      await using world = await openWorld();
      await using receiver = await otlpReceiver(Protocol);
      receiver.behave("hang");
      const daemon = await deliver(world, { Endpoint: receiver.endpoint, Protocol });
      expect(await daemon.stop()).toBe(0);
      expect(receiver.spans).toEqual([]);
      expect(daemon.lines.at(-1)?.msg).toMatch(/^talos ends$|^traces do not reach /);
    },
  );
});
