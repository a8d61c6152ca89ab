import type { Change } from "../../store/store.ts";
import type { ReviewPorts } from "../effect-ports.ts";
import { openPipelines } from "./pipeline.ts";

const keptMs = 90 * 86_400_000;
const changesAtOnce = 200;

/** Forgets commits that no pipeline will name any more, and pipelines that will not change any more. */
export async function trimPipelines({
  store,
  memory,
  now,
}: Pick<ReviewPorts, "store" | "memory" | "now">): Promise<void> {
  const beforeMs = now() - keptMs;
  const pipelines = openPipelines(store).own;
  const old: readonly Change[] = [
    ...(await memory.commits.list("")).flatMap(({ key, value, version }) =>
      value.atMs < beforeMs ? [memory.commits.delete(key, version)] : [],
    ),
    ...(await pipelines.list("")).flatMap(({ key, value, version }) =>
      value.pipeline.heardMs < beforeMs ? [pipelines.delete(key, version)] : [],
    ),
  ];
  for (let first = 0; first < old.length; first += changesAtOnce)
    await store.write(old.slice(first, first + changesAtOnce));
}
