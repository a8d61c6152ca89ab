import type { Operation } from "../../operations/operation.ts";
import { runOperation } from "../../operations/run-operation.ts";
import { renderAnswer } from "../answers/render-answer.ts";
import { renderInterrupted, renderRunning } from "../answers/render-running.ts";
import type { Asking, InteractionContext } from "./interaction-context.ts";
import { showRun } from "./show-run.ts";

/** Runs it for that person and shows it in the answer that was promised. They may do it: that was checked before. */
export async function runAndAnswer(
  operation: Operation,
  given: Readonly<Record<string, unknown>>,
  { person, responder }: Asking,
  context: InteractionContext,
): Promise<void> {
  const { talos, runs, answers, ending, newId, now } = context;
  using run = runs.begin(operation, person.userId);
  const steps = runOperation(operation, given, { talos, actor: person.actor, signal: run.signal });
  const asked = { operation, given };
  try {
    await showRun(
      steps,
      {
        running: (state) => renderRunning({ ...asked, ...state, runId: run.id, atMs: now() }),
        done({ ok, code, view }) {
          const id = newId();
          const told = { given, ok, view, atMs: now(), ...(code === "cancelled" ? { code } : {}) };
          const message = renderAnswer({ ...told, operation, id });
          if (message.components.length > 0) answers.keep(id, { ...told, operation: operation.name, used: [] });
          return message;
        },
        ended: () => renderInterrupted(asked, now()),
      },
      { ...context, edit: responder.edit },
      ending,
    );
  } finally {
    run.cancel();
  }
}
