import { expect, test } from "vitest";
import { deliveryWorld } from "../../test/fixtures/delivery-world.ts";
import { loadedFrom } from "../config/load-texts.ts";
import { daemonJobs } from "./daemon-jobs.ts";

const yearly = { ImageUpdateSettings: { Schedule: { Type: "Cron", Expression: "0 0 1 1 *", TimeZone: "UTC" } } };

test("what waits for its delivery window is scanned again when that opens, however seldom the schedule says", async () => {
  const world = deliveryWorld({
    files: {
      "compose.yml":
        "services:\n  web:\n    image: web:1.0.0\n    x-talos: { bump: major, strategy: push, window: 22:00-23:00 UTC }\n",
    },
    images: { "docker.io/library/web": { "1.0.0": "a", "1.1.0": "b" } },
  });
  const { config } = loadedFrom({ files: { "/home/me/talos.json": JSON.stringify(yearly) } });
  const requested: string[] = [];
  const [scan] = daemonJobs([world.source()], config, world.ports, { request: async (id) => void requested.push(id) });

  const first = await scan?.run(new AbortController().signal);
  expect(first).toEqual({ nextMs: Date.UTC(2026, 10, 21, 22, 0, 0) });
  expect(requested).toEqual([]);

  world.clock.nowMs = first?.nextMs ?? 0;
  expect(await scan?.run(new AbortController().signal)).toEqual({ nextMs: Date.UTC(2027, 0, 1) });
  expect(requested).toEqual(["deliver home"]);
});
