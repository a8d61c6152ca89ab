import { readScanRecord, type ScanRecord } from "../../delivery/scan/scan-record.ts";
import { parseImageReference } from "../../images/parse-image-reference.ts";
import type { Repository } from "../../registries/registry.ts";
import type { EffectPorts } from "../effect-ports.ts";
import type { ImageEvent } from "../webhook-event.ts";

/** Every source that uses the image looks at its repository anew, and at nothing else. */
export async function handleImage({ repository }: ImageEvent, ports: EffectPorts): Promise<void> {
  const pushed = readRepository(`${repository.domain}/${repository.path}`);
  if (pushed === undefined) return;
  for (const { id } of ports.sources) {
    const scanned = await readScanRecord(id, ports.memory);
    if (scanned !== undefined && isUsed(pushed, scanned)) await ports.requestScan(id, [pushed]);
  }
}

/** As the latest scan found it. What is not managed, or skipped, is looked up never. */
function isUsed({ domain, path }: Repository, { plan, endedMs }: ScanRecord): boolean {
  const isFirstScan = plan === undefined && endedMs === undefined;
  if (isFirstScan) return true;
  const managed = plan?.references.filter(({ policy }) => policy !== null && !policy.skip) ?? [];
  return managed.some(({ image }) => {
    const used = readRepository(image);
    return used?.domain === domain && used.path === path;
  });
}

/** In its normal form: `index.docker.io/redis` is `docker.io/library/redis`. */
function readRepository(image: string): Repository | undefined {
  const parsed = parseImageReference(image);
  return parsed.kind === "valid" ? { domain: parsed.reference.domain, path: parsed.reference.path } : undefined;
}
