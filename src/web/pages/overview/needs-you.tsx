import { useResource } from "../../client/api/resource.ts";
import { usePolling } from "../../client/api/use-polling.ts";
import { hosts } from "../../client/resources/hosts.ts";
import { sources } from "../../client/resources/sources.ts";
import { deadLetters, updates } from "../../client/resources/updates.ts";
import { Icon } from "../../parts/control/icon.tsx";
import { PageLink } from "../../parts/control/link.tsx";
import { Failed } from "../../parts/layout/failed.tsx";
import { Loading } from "../../parts/layout/loading.tsx";
import { Section } from "../../parts/layout/section.tsx";
import { LetterItem } from "./letter-item.tsx";
import { QuestionItem } from "./question-item.tsx";
import { TroubleItem } from "./trouble-item.tsx";

/** So many of each kind; the rest is where they all are. */
const shownQuestions = 8;
const shownLetters = 4;

/** A host that goes down and a scan that begins leave no event. */
const pollMs = 10_000;

/** What waits for a decision or help of a person, and otherwise that nothing does. */
export function NeedsYou() {
  usePolling(hosts, pollMs);
  usePolling(sources, pollMs);
  const loaded = [useResource(updates), useResource(deadLetters), useResource(hosts), useResource(sources)] as const;
  const failed = loaded.find((one) => one.kind === "failed");
  if (failed?.kind === "failed") return <Failed failure={failed.failure} onRetry={refreshAll} />;
  const [forUpdates, forLetters, forHosts, forSources] = loaded;
  if (
    forUpdates.kind !== "ready" ||
    forLetters.kind !== "ready" ||
    forHosts.kind !== "ready" ||
    forSources.kind !== "ready"
  )
    return <Loading lines={3} />;
  const questions = forUpdates.value.updates.filter(({ state }) => state === "asked");
  const letters = forLetters.value.deadLetters;
  const down = forHosts.value.hosts.filter(({ state }) => state === "down");
  const unscanned = forSources.value.sources.filter(({ error }) => error !== undefined);
  const count = questions.length + letters.length + down.length + unscanned.length;
  if (count === 0) return <AllWell hasSources={forSources.value.sources.length > 0} />;
  return (
    <Section title="Needs you" count={count}>
      <ul class="card needs">
        {unscanned.map(({ id, error = "", hint }) => (
          <TroubleItem key={id} name={id} what="could not be scanned" why={error} hint={hint} />
        ))}
        {down.map(({ name, reason = "", hint, nextTryMs }) => (
          <TroubleItem
            key={name}
            name={name}
            what="cannot be reached"
            why={reason}
            hint={hint}
            nextTryMs={nextTryMs}
            to="hosts"
          />
        ))}
        {letters.slice(0, shownLetters).map((letter) => (
          <LetterItem key={letter.key} letter={letter} />
        ))}
        <More count={letters.length - shownLetters} to="queue" words="dead letters" />
        {questions.slice(0, shownQuestions).map((question) => (
          <QuestionItem key={`${question.key} ${question.question}`} question={question} />
        ))}
        <More count={questions.length - shownQuestions} to="updates?state=asked" words="open questions" />
      </ul>
    </Section>
  );
}

function refreshAll(): void {
  for (const resource of [updates, deadLetters, hosts, sources]) void resource.refresh();
}

function More({ count, to, words }: { readonly count: number; readonly to: string; readonly words: string }) {
  if (count <= 0) return null;
  return (
    <li class="need need-more">
      <PageLink to={to}>
        {count} more {words}
      </PageLink>
    </li>
  );
}

function AllWell({ hasSources }: { readonly hasSources: boolean }) {
  if (!hasSources) return null;
  return (
    <section class="card all-well" aria-label="Needs you">
      <Icon name="check" />
      <div>
        <h2>All is well</h2>
        <p class="soft">Nothing waits for you: no open questions, no dead letters, every host answers.</p>
      </div>
    </section>
  );
}
