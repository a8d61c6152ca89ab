import type { DeliveryPorts } from "../delivery-ports.ts";
import { windowName } from "./reserve-room.ts";
import type { Throttle } from "./throttle-room.ts";

export interface ThrottleUse extends Throttle {
  /** Images that were delivered within the window, or are under way. */
  readonly used: number;
}

/** By domain. */
export async function readThrottleUse({
  throttles,
  memory,
  store,
  now,
}: Pick<DeliveryPorts, "throttles" | "memory" | "store" | "now">): Promise<ReadonlyMap<string, ThrottleUse>> {
  const nowMs = now();
  const uses = [...throttles].map(async ([domain, throttle]) => {
    const [counted, underWay] = await Promise.all([
      store.window(windowName(domain)).since(nowMs - throttle.perSeconds * 1000),
      memory.throttles.get(domain),
    ]);
    const reserved = Object.values(underWay?.value.reserved ?? {});
    const used = [...counted.map(({ count }) => count), ...reserved].reduce((sum, count) => sum + count, 0);
    return [domain, { ...throttle, used }] as const;
  });
  return new Map(await Promise.all(uses));
}
