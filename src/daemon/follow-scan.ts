import type { DeliveryPorts } from "../delivery/delivery-ports.ts";
import type { ScanProgress } from "../updates/scan-source.ts";

const everyMs = 1000;

/** Keeps how far a scan is, at most once a second, so that whoever waits for it sees it move, in any process. */
export function followScan(source: string, { memory, store, now }: DeliveryPorts): (progress: ScanProgress) => void {
  let lastMs = now();
  return (progress) => {
    if (now() - lastMs < everyMs) return;
    lastMs = now();
    void keep(progress).catch(() => undefined);
  };

  /** Of a scan that has ended meanwhile nothing is kept any more. */
  async function keep(progress: ScanProgress): Promise<void> {
    const record = await memory.scans.get(source);
    if (record === undefined || record.value.endedMs !== undefined) return;
    await store.write([memory.scans.put(source, { ...record.value, progress }, record.version)]);
  }
}
