import { defineConfig, type OxlintOverride } from "oxlint";

/**
 * The rooms of src/ and what each may import, as drawn in docs/architecture.md. A room may always import itself and the
 * files that lie directly in src/.
 */
const pure = ["images", "policy", "files"];
const ports = ["config", "store", "jobs", "events", "telemetry"];
const rooms: Readonly<Record<string, readonly string[]>> = {
  images: [],
  policy: ["images"],
  files: ["images", "policy"],
  telemetry: [],
  programs: ["telemetry"],
  store: ["config", "telemetry"],
  events: ["store", "telemetry"],
  jobs: ["config", "store", "telemetry"],
  config: [...pure, "telemetry"],
  registries: [...pure, ...ports],
  sources: [...pure, ...ports, "programs"],
  updates: [...pure, ...ports, "registries", "sources"],
  hosts: [...pure, ...ports, "programs"],
  delivery: [...pure, ...ports, "registries", "sources", "updates"],
  tokens: ["config", "store", "telemetry"],
  webhooks: [...pure, ...ports, "registries", "sources", "updates", "delivery", "tokens"],
  operations: [...pure, ...ports, "registries", "sources", "updates", "delivery", "hosts", "tokens"],
  discord: [...pure, ...ports, "registries", "sources", "updates", "delivery", "hosts", "operations"],
  http: [
    ...pure,
    ...ports,
    "registries",
    "sources",
    "updates",
    "delivery",
    "hosts",
    "operations",
    "tokens",
    "webhooks",
  ],
  /** Of what is not in `http`, it needs the types alone. */
  web: ["http", "operations", "config"],
  socket: [...pure, ...ports, "registries", "sources", "updates", "delivery", "hosts", "operations"],
};
const surfaces = ["cli", "daemon", "discord", "http", "socket", "web"];
const everyRoom = [...new Set([...Object.keys(rooms), ...surfaces])];

export default defineConfig({
  plugins: ["typescript", "import", "unicorn", "oxc"],
  categories: { correctness: "error" },
  ignorePatterns: ["node_modules", "dist", "/release", "examples"],
  rules: {
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/await-thenable": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/consistent-type-assertions": ["error", { assertionStyle: "never" }],
    "typescript/consistent-type-imports": "error",
    "typescript/no-unnecessary-condition": "off",
    "typescript/only-throw-error": "error",
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "oxc/no-barrel-file": ["error", { threshold: 0 }],
    "eslint/no-empty": "error",
    "eslint/eqeqeq": "error",
    "eslint/prefer-const": "error",
    "eslint/no-var": "error",
    "eslint/no-console": "error",
  },
  overrides: [
    {
      files: ["scripts/**", "bench/**", "test/**", "*.config.ts"],
      rules: { "eslint/no-console": "off", "import/no-default-export": "off" },
    },
    { files: ["src/**/*.test.ts", "test/**"], rules: { "typescript/consistent-type-assertions": "off" } },
    ...Object.entries(rooms).map(([room, allowed]) => directions(room, allowed)),
    {
      files: ["src/images/**", "src/policy/**", "src/files/**"],
      excludeFiles: ["**/*.test.ts"],
      rules: { "eslint/no-restricted-globals": ["error", "fetch", "process", "setTimeout"] },
    },
  ],
});

function directions(room: string, allowed: readonly string[]): OxlintOverride {
  const forbidden = everyRoom.filter((other) => other !== room && !allowed.includes(other));
  const message =
    allowed.length === 0
      ? `src/${room} imports no other room. What needs both belongs in the room that uses both; see docs/architecture.md.`
      : `src/${room} may import only ${allowed.join(", ")}. Imports point down: move this to the room above that uses both, or pass the value in; see docs/architecture.md.`;
  const patterns = [{ group: forbidden.flatMap((other) => [`../${other}/**`, `../../${other}/**`]), message }];
  if (pure.includes(room))
    patterns.push({ group: ["node:*"], message: `src/${room} is pure: no disk, network or clock. Pass the value in.` });
  return {
    files: [`src/${room}/**`],
    excludeFiles: ["**/*.test.ts"],
    rules: { "eslint/no-restricted-imports": ["error", { patterns }] },
  };
}
