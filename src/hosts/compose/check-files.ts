import { TalosError } from "../../talos-error.ts";
import type { ComposeProject } from "../compose-project.ts";
import type { Route } from "../route.ts";

/** Whether the project's files are where its containers say: compose itself would name the path, but not the reason. */
export async function checkFiles(
  { route, name }: { readonly route: Route; readonly name: string },
  project: ComposeProject,
  what: string,
  signal: AbortSignal,
): Promise<void> {
  for (const path of project.files.length === 0 ? [project.folder] : project.files) {
    const command = route.spawn(["test", "-r", path], {}, signal);
    command.output.resume();
    command.errors.resume();
    const end = await command.ended;
    if (end.kind === "aborted") throw signal.reason;
    if (end.kind !== "exited" || end.exitCode !== 1) continue;
    const isHere = route.socketPath === route.socketThere;
    throw new TalosError("compose-failed", `${what} cannot be run: ${path} is not there, or may not be read`, {
      hint: isHere
        ? `where Talos runs in a container, mount ${project.folder} into it at the same path`
        : `the containers say that ${project.name} was brought up from there: put it back on ${name}, or bring it up from where it is now`,
    });
  }
}
