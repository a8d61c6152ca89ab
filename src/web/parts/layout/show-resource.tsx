import type { ComponentChildren } from "preact";
import { type Resource, useResource } from "../../client/api/resource.ts";
import { Failed } from "./failed.tsx";
import { Loading } from "./loading.tsx";

/** What the API answered, or why not; what is known stays when a newer answer fails. */
export function ShowResource<T>({
  resource,
  lines,
  children,
}: {
  readonly resource: Resource<T>;
  readonly lines?: number;
  readonly children: (value: T) => ComponentChildren;
}) {
  const loaded = useResource(resource);
  const retry = (): void => void resource.refresh();
  if (loaded.kind === "loading") return <Loading {...(lines === undefined ? {} : { lines })} />;
  if (loaded.kind === "failed") return <Failed failure={loaded.failure} onRetry={retry} />;
  // While nothing can be reached at all, the line about the connection says so once for everything.
  const stale = loaded.failure !== undefined && loaded.failure.status !== 0 ? loaded.failure : undefined;
  return (
    <>
      {stale === undefined ? undefined : <Failed failure={stale} onRetry={retry} />}
      {children(loaded.value)}
    </>
  );
}
