declare module "discord-api-spec/zod" {
  import type { z } from "zod/mini";
  export const ApplicationCommandCreateRequestSchema: z.ZodMiniType;
  export const ApplicationCommandUpdateRequestSchema: z.ZodMiniType;
  export const ApplicationCommandAutocompleteCallbackRequestSchema: z.ZodMiniType;
  export const CreateMessageInteractionCallbackRequestSchema: z.ZodMiniType;
  export const IncomingWebhookUpdateRequestPartialSchema: z.ZodMiniType;
  export const IncomingWebhookInteractionRequestSchema: z.ZodMiniType;
  export const MessageCreateRequestSchema: z.ZodMiniType;
  export const MessageEditRequestPartialSchema: z.ZodMiniType;
  export const UpdateMessageInteractionCallbackRequestSchema: z.ZodMiniType;
}
