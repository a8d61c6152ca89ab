import { z } from "zod";

/**
 * What CycloneDX 1.6 wants of a bill of materials, for the parts of it that are written here: what has to be there, nothing
 * that it does not know, and licences by their SPDX identifiers.
 */
const reference = z
  .string()
  .min(1)
  .regex(/^(?!urn:cdx:)/);
const licence = z.enum(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD"]);
const licenses = z.union([
  z.array(z.strictObject({ license: z.strictObject({ id: licence }) })).min(1),
  z.tuple([z.strictObject({ expression: z.string().min(1) })]),
]);
const described = { "bom-ref": reference, name: z.string().min(1), version: z.string().min(1).max(1024), licenses };

const component = z.strictObject({
  ...described,
  type: z.literal("library"),
  scope: z.enum(["required", "optional", "excluded"]),
  hashes: z
    .array(z.strictObject({ alg: z.literal("SHA-512"), content: z.string().regex(/^[0-9a-f]{128}$/) }))
    .length(1),
  // Of which the scope is encoded, and nothing else has to be.
  purl: z.string().regex(/^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@[\w.+-]+$/),
});

export const billOfMaterials = z.strictObject({
  $schema: z.literal("http://cyclonedx.org/schema/bom-1.6.schema.json"),
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.literal("1.6"),
  version: z.int().min(1),
  metadata: z.strictObject({
    component: z.strictObject({
      ...described,
      type: z.literal("application"),
      description: z.string(),
      purl: z.string().regex(/^pkg:generic\/talos@\d/),
    }),
  }),
  components: z.array(component).min(1),
  dependencies: z.array(z.strictObject({ ref: reference, dependsOn: z.array(reference) })),
});
