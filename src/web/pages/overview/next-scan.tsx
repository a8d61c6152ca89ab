import { useResource } from "../../client/api/resource.ts";
import { sources } from "../../client/resources/sources.ts";
import { Time } from "../../parts/text/time.tsx";

/** When something is looked for next, in a line. */
export function NextScan() {
  const loaded = useResource(sources);
  if (loaded.kind !== "ready") return <>&nbsp;</>;
  const next = loaded.value.sources.flatMap(({ nextScan }) => (nextScan === undefined ? [] : [nextScan]));
  if (next.includes("running")) return <>Scanning now</>;
  const times = next.filter((each) => each !== "running");
  if (times.length === 0) return <>&nbsp;</>;
  return (
    <>
      Next scan <Time atMs={Math.min(...times)} as="next" />
    </>
  );
}
