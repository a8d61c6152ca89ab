import { expect, test } from "vitest";
import { openWorld, type World } from "../daemon/world.ts";
import { recordModules } from "../fixtures/record-modules.ts";
import { describeWith } from "../parties/describe-with.ts";
import { otlpReceiver } from "../parties/otlp-receiver.ts";
import { openServingWorld } from "./serving-world.ts";

const packages = [
  "hono",
  "prom-client",
  "@opentelemetry/sdk-trace",
  "@opentelemetry/exporter-trace-otlp-grpc",
  "@opentelemetry/exporter-trace-otlp-proto",
  "@grpc/grpc-js",
];

/** Which of these packages a Talos has loaded by the time that it has scanned. */
async function packagesOf({ daemon, folder }: Pick<World, "daemon" | "folder">, settings: object): Promise<string[]> {
  const recorder = await recordModules(folder);
  const running = await daemon(settings, { environment: recorder.environment, patienceMs: 40_000 });
  await running.waitFor("that it runs", ({ msg }) => msg.startsWith("talos runs"));
  expect(await running.stop()).toBe(0);
  const modules = await recorder.read();
  expect(modules.some((url) => url.endsWith("/src/telemetry/trace.ts"))).toBe(true);
  return packages.filter((name) => modules.some((url) => url.includes(`/node_modules/${name}/`)));
}

describeWith(["git", "docker-registry"], "talos run", () => {
  test("loads nothing for traces and metrics where neither is wanted.", { timeout: 120_000 }, async () => {
    await using world = await openWorld();
    expect(await packagesOf(world, {})).toEqual([]);
  });

  test("loads the metrics with the HTTP server, and nothing for traces.", { timeout: 120_000 }, async () => {
    await using serving = await openServingWorld();
    const daemon: World["daemon"] = (settings, start) => serving.start(settings, start);
    expect(await packagesOf({ daemon, folder: serving.world.folder }, {})).toEqual(["hono", "prom-client"]);
  });

  test.each([
    ["Grpc", ["@opentelemetry/exporter-trace-otlp-grpc", "@grpc/grpc-js"]],
    ["HttpProtobuf", ["@opentelemetry/exporter-trace-otlp-proto"]],
  ] as const)("loads for traces over %s what that needs.", { timeout: 120_000 }, async (Protocol, exporter) => {
    await using world = await openWorld();
    await using receiver = await otlpReceiver(Protocol);
    const TracingSettings = { Enabled: true, Endpoint: receiver.endpoint, Protocol };
    const expected = ["@opentelemetry/sdk-trace", ...exporter];
    expect(await packagesOf(world, { TracingSettings })).toEqual(expected);
  });
});
