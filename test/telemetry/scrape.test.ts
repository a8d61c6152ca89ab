import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { parseExposition } from "./parse-exposition.ts";
import { openServingWorld } from "./serving-world.ts";

describeWith(["git", "docker-registry"], "GET /metrics", () => {
  test("tells what Talos did and how things are.", { timeout: 120_000 }, async () => {
    await using serving = await openServingWorld("^!");
    const daemon = await serving.start({
      DockerSettings: { Hosts: { nas: { Socket: "/nowhere/docker.sock" } } },
    });
    const { source = "" } = await daemon.waitFor("a scan", ({ kind }) => kind === "scan-finished");
    const scrape = async () => {
      const response = await fetch(`${serving.url}/metrics`);
      expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
      return parseExposition(await response.text());
    };
    const before = await scrape();
    expect(before.value("talos_references", { source, verdict: "current" })).toBe(1);
    expect(before.value("talos_references", { source, verdict: "update" })).toBe(0);
    expect(before.value("talos_queue_entries", { source })).toBe(0);
    expect(before.value("talos_deliveries_total", { source, result: "delivered" })).toBeUndefined();
    expect(before.value("talos_host_up", { host: "nas" })).toBe(0);

    await serving.pushImage("1.0.1");
    expect((await serving.notify("1.0.1")).status).toBe(202);
    await daemon.waitFor("delivered", ({ kind }) => kind === "delivered");
    const after = await scrape();
    expect(after.value("talos_deliveries_total", { source, result: "delivered" })).toBe(1);
    expect(after.value("talos_events_total", { kind: "delivered" })).toBe(1);
    const domain = serving.world.registry.host;
    expect(after.value("talos_registry_requests_total", { domain, method: "GET", status: "2xx" })).toBeGreaterThan(0);
    expect(after.value("talos_registry_request_duration_seconds_count", { domain })).toBeGreaterThan(1);
    expect(after.value("talos_job_duration_seconds_count", { kind: "scan", result: "done" })).toBeGreaterThan(1);
    const hook = { method: "POST", route: "/webhooks/:integration", status: "2xx" };
    expect(after.value("talos_http_requests_total", hook)).toBe(1);
    expect(after.value("talos_http_requests_total", { method: "GET", route: "/metrics" })).toBe(1);
    expect(after.value("talos_last_scan_timestamp_seconds", { source })).toBeGreaterThan(Date.now() / 1000 - 3600);
    expect(after.value("process_resident_memory_bytes")).toBeGreaterThan(1e7);
    expect(after.value("process_cpu_seconds_total")).toBeGreaterThan(before.value("process_cpu_seconds_total") ?? 0);
    expect(await daemon.stop()).toBe(0);
  });

  test("tells of requests by route whatever is asked for.", { timeout: 120_000 }, async () => {
    await using serving = await openServingWorld();
    const daemon = await serving.start();
    await daemon.waitFor("that it runs", ({ msg }) => msg.startsWith("talos runs"));
    const paths = Array.from({ length: 40 }, (_, index) => `/nowhere/${index}/%ff"\\`);
    for (const path of [...paths, ...paths.map((one) => `/api/v1${one}`), ...paths.map((one) => `/webhooks${one}`)])
      await fetch(`${serving.url}${path}`);
    const { samples } = parseExposition(await (await fetch(`${serving.url}/metrics`)).text());
    const routes = new Set(samples.flatMap(({ labels: { route } }) => route ?? []));
    expect(routes.size).toBeLessThan(6);
    expect(await daemon.stop()).toBe(0);
  });
});
