import { useResource } from "../../client/api/resource.ts";
import { usePolling } from "../../client/api/use-polling.ts";
import { deadLetters, queue } from "../../client/resources/updates.ts";
import { AccessHint } from "../../parts/layout/access-hint.tsx";
import { Page } from "../../parts/layout/page.tsx";
import { Section } from "../../parts/layout/section.tsx";
import { ShowResource } from "../../parts/layout/show-resource.tsx";
import { Letters } from "./letters.tsx";
import { Waiting } from "./waiting.tsx";

/** Waits end with the clock, without an event. */
const pollMs = 30_000;

export function QueuePage() {
  const [waiting, failed] = [useResource(queue), useResource(deadLetters)];
  usePolling(queue, pollMs);
  return (
    <Page
      title="Queue"
      about="What is on its way into your repositories: what it waits for, and what did not get there."
    >
      <AccessHint wanted="operate" to="hold, replay or drop updates" />
      <Section title="Dead letters" count={failed.kind === "ready" ? failed.value.deadLetters.length : undefined}>
        <ShowResource resource={deadLetters}>
          {({ deadLetters: letters }) => <Letters letters={letters} />}
        </ShowResource>
      </Section>
      <Section title="Waiting" count={waiting.kind === "ready" ? waiting.value.entries.length : undefined}>
        <ShowResource resource={queue}>{({ entries }) => <Waiting entries={entries} />}</ShowResource>
      </Section>
    </Page>
  );
}
