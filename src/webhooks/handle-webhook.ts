import type { EffectPorts } from "./effect-ports.ts";
import { handleImage } from "./effects/handle-image.ts";
import { handlePush } from "./effects/handle-push.ts";
import { handlePipeline } from "./pipelines/handle-pipeline.ts";
import type { WebhookEvent } from "./webhook-event.ts";

/** Does what follows from an event, in whatever order they come; again, it changes nothing. No work waits for a network. */
export async function handleWebhook(event: WebhookEvent, ports: EffectPorts): Promise<void> {
  switch (event.kind) {
    case "pipeline":
      return handlePipeline(event, ports);
    case "push":
      return handlePush(event, ports);
    case "image":
      return handleImage(event, ports);
  }
}
