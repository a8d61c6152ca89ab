import * as z from "zod/mini";
import type { Connection } from "../connection.ts";
import type { HostProblem } from "../host-problem.ts";
import type { Route } from "../route.ts";
import { chooseVersion } from "./choose-version.ts";
import { openAnswer, readAnswer } from "./open-answer.ts";
import { openDocker } from "./open-docker.ts";

const versionSchema = z.object({
  Version: z.string(),
  ApiVersion: z.string(),
  MinAPIVersion: z.nullish(z.string()),
});

const limitBytes = 1024 * 1024;

/** Asks the engine at the end of the way which versions it speaks, and takes the best one. */
export async function connectEngine(route: Route, signal: AbortSignal): Promise<Connection | HostProblem> {
  const docker = await openDocker(route.socketPath, undefined);
  const answer = await readAnswer(await openAnswer(docker, "/version", {}, signal), limitBytes);
  const { Version, ApiVersion, MinAPIVersion } = versionSchema.parse(JSON.parse(answer.toString()));
  const chosen = chooseVersion({ engine: Version, api: ApiVersion, oldestApi: MinAPIVersion ?? undefined });
  if (typeof chosen !== "string") return chosen;
  return { route, docker: await openDocker(route.socketPath, chosen), engineVersion: Version, apiVersion: chosen };
}
