// `node scripts/picture.ts`: draws docs/images/plan.svg, a plan of three folders of the demo as a terminal shows it.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { catalogue } from "../src/cli/demo/catalogue.ts";
import { makeDemoFolder } from "../src/cli/demo/demo-folder.ts";
import { memoryRegistrySettings } from "../src/cli/demo/memory-registry-settings.ts";
import { openMemoryRegistry } from "../src/cli/demo/open-memory-registry.ts";

const root = join(import.meta.dirname, "..");
const cell = { width: 8.4, height: 19 };
const margin = 20;
const colours: Readonly<Record<string, string>> = {
  "2": 'fill="#7d8590"',
  "1": 'font-weight="bold"',
  "31": 'fill="#f85149"',
  "32": 'fill="#3fb950"',
  "33": 'fill="#d29922"',
  "36": 'fill="#39c5cf"',
};

const targets = ["home", "media", "photos"];
const lines = [`\u001b[2m$\u001b[22m talos plan ${targets.join(" ")}`, "", ...(await plan()).trimEnd().split("\n")];
const columns = Math.max(...lines.map((line) => readRuns(line).reduce((sum, { text }) => sum + text.length, 0)));
writeFileSync(join(root, "docs/images/plan.svg"), drawTerminal());

async function plan(): Promise<string> {
  await using registry = await openMemoryRegistry(catalogue);
  await using folder = await makeDemoFolder(memoryRegistrySettings(registry.url), false);
  const child = spawn(process.execPath, [join(root, "src/main.ts"), "plan", ...targets, "--config", folder.config], {
    cwd: folder.homelab,
    env: { ...process.env, FORCE_COLOR: "1", NO_COLOR: undefined, XDG_CACHE_HOME: folder.cache },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return await text(child.stdout);
}

function drawTerminal(): string {
  const width = Math.ceil(columns * cell.width + 2 * margin);
  const height = lines.length * cell.height + 2 * margin;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="The output of talos plan in a terminal">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3">
${lines.map(drawLine).join("\n")}
</g>
</svg>
`;
}

function drawLine(line: string, row: number): string {
  let column = 0;
  const spans = readRuns(line).map(({ text: run, attributes }) => {
    const blanks = run.length - run.trimStart().length;
    const x = (margin + (column + blanks) * cell.width).toFixed(1);
    column += run.length;
    return run.trim() === "" ? "" : `<tspan x="${x}"${attributes}>${escapeXml(run.trim())}</tspan>`;
  });
  return `<text y="${margin + (row + 0.75) * cell.height}" xml:space="preserve">${spans.join("")}</text>`;
}

/** Pieces of a line of one look; cells of a table are pieces of their own, so that each stands at its column. */
function readRuns(line: string): readonly { readonly text: string; readonly attributes: string }[] {
  const active = new Set<string>();
  return line.split(/(\p{Cc}\[\d+m)/u).flatMap((part) => {
    const code = /^\p{Cc}\[(\d+)m$/u.exec(part)?.[1];
    if (code !== undefined) {
      if (code === "39" || code === "22")
        for (const one of active) if ((code === "22") === ["1", "2"].includes(one)) active.delete(one);
      if (colours[code] !== undefined) active.add(code);
      return [];
    }
    const attributes = [...active].map((one) => ` ${colours[one]}`).join("");
    return part.split(/(?<=\S {2,})(?=\S)/).map((text) => ({ text, attributes }));
  });
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
