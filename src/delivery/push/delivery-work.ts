import type { Lease } from "../../store/store.ts";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";

/** One delivery under way: for which source, under which lease, and until when. */
export interface DeliveryWork {
  readonly source: Source;
  readonly ports: DeliveryPorts;
  readonly lease: Lease;
  readonly signal: AbortSignal;
}
