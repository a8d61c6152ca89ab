import { listSettings } from "../../../config/list-settings.ts";
import { settingsSchema } from "../api-schemas.ts";
import { defineResource, noQuery } from "./define-resource.ts";

export const settings = defineResource({
  path: "/settings",
  summary: "list the settings that count; secrets are not told",
  access: "admin",
  query: noQuery,
  answer: settingsSchema,
  read: async ({ config, given }) => ({ settings: [...listSettings(config, given)] }),
});
