import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { programPath } from "./find-program.ts";

/**
 * What Docker Compose V2 itself makes of a project: the image of each service that has one. Nothing comes from this
 * machine's environment. Rejects with Compose's complaint.
 */
export async function composeImages(folder: string, file: string): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await promisify(execFile)(
    programPath("docker-compose"),
    ["--file", file, "--project-name", "test", "--profile", "*", "config", "--format", "json"],
    { cwd: folder, env: { PATH: process.env.PATH, HOME: folder }, maxBuffer: 64 * 1024 * 1024 },
  );
  const project = JSON.parse(stdout) as { readonly services?: Readonly<Record<string, { readonly image?: string }>> };
  // A dollar sign comes out doubled, so that the output is a compose file again.
  return Object.fromEntries(
    Object.entries(project.services ?? {}).flatMap(([name, { image }]) =>
      image === undefined ? [] : [[name, image.replaceAll("$$", () => "$")]],
    ),
  );
}
