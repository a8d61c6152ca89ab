import { z } from "zod";

/** A setting's schema without what is wrapped round it: whether it may be absent, its default and its sentence. */
export interface SchemaParts {
  readonly core: z.core.$ZodType;
  /** As the program sees it, or, for values with a notation of their own (`15m`), as it is written. */
  readonly defaultValue: unknown;
  readonly description: string;
  /** Absent without a default, not even one of the settings within. */
  readonly isOptional: boolean;
  /** Accepted without effect. */
  readonly isDeprecated: boolean;
  readonly isSecret: boolean;
  /** Handed on as a tree of settings instead of a value. */
  readonly isTree: boolean;
  /** A section that counts as written when nothing is below it. */
  readonly countsWhenEmpty: boolean;
}

export function takeApart(schema: z.core.$ZodType): SchemaParts {
  let core = schema;
  let defaultValue: unknown;
  let description: string | undefined;
  let isOptional = false;
  const meta: Record<string, unknown> = {};
  for (;;) {
    const own = z.globalRegistry.get(core);
    description ??= own?.description;
    Object.assign(meta, own);
    if (core instanceof z.ZodDefault || core instanceof z.ZodPrefault) defaultValue ??= core.def.defaultValue;
    else if (core instanceof z.ZodOptional) isOptional = true;
    else break;
    core = core.def.innerType;
  }
  return {
    core,
    defaultValue,
    description: description ?? "",
    isOptional,
    isDeprecated: meta["deprecated"] === true,
    isSecret: meta["writeOnly"] === true,
    isTree: meta["isTree"] === true,
    countsWhenEmpty: meta["countsWhenEmpty"] === true,
  };
}
