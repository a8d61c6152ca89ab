import type { TalosEvent } from "../../events/event.ts";
import type { AboutImage } from "./board.ts";

/** An event with what the registry says of the image that it brings. */
export interface ToldEvent {
  readonly event: TalosEvent;
  readonly about?: AboutImage;
}
