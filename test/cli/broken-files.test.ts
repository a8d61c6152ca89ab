import { expect, test } from "vitest";
import type { PlannedReference } from "../../src/updates/plan-document.ts";
import { describeWith } from "../parties/describe-with.ts";
import { dockerRegistry } from "../parties/docker-registry.ts";
import { type TalosUser, talosUser } from "../run-talos.ts";
import type { BrokenFile } from "./broken/broken-file.ts";
import { brokenImages } from "./broken/broken-images.ts";
import { brokenPolicies } from "./broken/broken-policies.ts";
import { brokenTexts } from "./broken/broken-texts.ts";

const brokenFiles = [...brokenTexts, ...brokenImages, ...brokenPolicies];

describeWith(["docker-registry"], "a folder full of broken files", () => {
  test("has one line for each fault, with place, cause and advice, and decides everything else", async () => {
    await using registry = await dockerRegistry();
    await registry.push({ repository: "web", tags: ["1.0.0", "1.0.1"] });
    await using user = await talosUser();
    await writeAll(user, registry.host);

    const { document, status, stderr } = await user.plan(["plan", "stacks"]);
    expect({ status, stderr }).toEqual({ status: 3, stderr: "" });
    const found = (index: number) => document.references.filter(({ file }) => file.startsWith(`${index}/`));
    expect(brokenFiles.map((broken, index) => describeFaults(broken, found(index)))).toEqual(
      brokenFiles.map(expectFaults),
    );
    for (const [index, broken] of brokenFiles.entries()) {
      const [reason] = faultsOf(found(index))[0]?.reasons ?? [];
      for (const part of broken.says) expect(reason?.text, broken.title).toMatch(part);
      expect(reason?.text, broken.title).toMatch(/^[^\n\r]+$/);
    }

    const shown = await user.run(["plan", "stacks"]);
    expect(shown.status).toBe(3);
    const lines = shown.stdout.split("\n");
    for (const { file, reasons } of document.references.flatMap((one) => faultsOf([one]))) {
      expect(lines).toContain(file);
      for (const { text } of reasons) expect(lines.filter((line) => line.includes(text)).length).toBeGreaterThan(0);
    }
  });
});

async function writeAll(user: TalosUser, host: string): Promise<void> {
  for (const [index, { files }] of brokenFiles.entries())
    for (const [path, content] of Object.entries(files)) {
      const text =
        typeof content === "string" ? content.replaceAll("HOST", host).replaceAll("GROUP", `g${index}`) : content;
      await user.home.write({ [`stacks/${index}/${path}`]: text });
    }
}

function faultsOf(references: readonly PlannedReference[]): readonly PlannedReference[] {
  return references.filter(({ verdict }) => verdict !== "update");
}

function describeFaults({ title, files }: BrokenFile, references: readonly PlannedReference[]) {
  const faults = faultsOf(references);
  return {
    title,
    faults: faults.map(({ verdict, reasons }) => `${verdict} ${reasons.map(({ code }) => code).join(" ")}`),
    line: faults[0]?.line,
    file: faults[0]?.file.replace(/^\d+\//, ""),
    hasGood: references.some(({ verdict }) => verdict === "update") === holdsGoodReference(files),
  };
}

function expectFaults({ title, files, verdict, code, line, count = 1 }: BrokenFile) {
  return {
    title,
    faults: Array.from({ length: count }, () => `${verdict} ${code}`),
    line,
    file: Object.keys(files)[0],
    hasGood: true,
  };
}

/** A fault in one service or stage leaves the others alone; what is no YAML or no text is lost as a whole. */
function holdsGoodReference(files: BrokenFile["files"]): boolean {
  return Object.values(files).some(
    (text) => typeof text === "string" && (text.includes("  good:\n") || /FROM HOST\/web:1\.0\.0\n# !tl/.test(text)),
  );
}
