import type { Signal } from "@preact/signals";
import { Button } from "../../../parts/control/button.tsx";
import { nextMatch } from "./find-in-log.ts";

/** Enter goes to the next match, with Shift to the one before. */
export function FindBar({
  words,
  current,
  matches,
  goTo,
}: {
  readonly words: Signal<string>;
  readonly current: number | undefined;
  /** Line ids. */
  readonly matches: readonly number[];
  readonly goTo: (id: number | undefined) => void;
}) {
  const place = current === undefined ? 0 : matches.indexOf(current) + 1;
  const step = (by: 1 | -1): void => goTo(nextMatch(matches, current, by));
  return (
    <form
      class="find-bar"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        step(1);
      }}
    >
      <input
        class="input"
        type="search"
        aria-label="Find in the log"
        placeholder="Find"
        value={words.value}
        onInput={({ currentTarget }) => {
          words.value = currentTarget.value;
          goTo(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !event.shiftKey) return;
          event.preventDefault();
          step(-1);
        }}
      />
      {words.value === "" ? undefined : (
        <>
          <span class="soft" role="status">
            {matches.length === 0 ? "nothing" : `${place === 0 ? "" : `${place} of `}${matches.length}`}
          </span>
          <Button isSmall look="bare" icon="down" isIconOnly isDisabled={matches.length === 0} onClick={() => step(1)}>
            Next match
          </Button>
          <Button isSmall look="bare" icon="up" isIconOnly isDisabled={matches.length === 0} onClick={() => step(-1)}>
            Match before
          </Button>
        </>
      )}
    </form>
  );
}
