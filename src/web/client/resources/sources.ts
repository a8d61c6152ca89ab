import type { Source } from "../../../http/api/api-schemas.ts";
import { createResource } from "../api/resource.ts";

export const sources = createResource<{ readonly sources: readonly Source[] }>("sources", ({ kind }) =>
  kind.startsWith("scan-"),
);
