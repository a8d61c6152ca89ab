import type { ShownQuestion } from "../board/board.ts";

/** What is updated, for a person: `web`, `immich`; with its file where two of them have the same name. By the question's id. */
export function nameQuestions(questions: readonly ShownQuestion[]): ReadonlyMap<string, string> {
  return new Map(
    questions.map((question) => {
      const name = nameTarget(question);
      const isShared = questions.some((other) => other.target !== question.target && nameTarget(other) === name);
      const [member] = question.members;
      return [question.id, isShared && member !== undefined ? `${name} (${member.file})` : name];
    }),
  );
}

export function nameTarget({ target, members }: Pick<ShownQuestion, "target" | "members">): string {
  if (target.startsWith("group:")) return target.slice("group:".length);
  return members[0]?.name ?? target;
}

/** `me/infra` of `github.com/me/infra`, and of a place on this machine the end as well: `srv/infra`. */
export function repositoryName(source: string): string {
  const isLocal = /^(file:\/\/)?\//.test(source);
  return isLocal ? (/[^/]+(\/[^/]+)?\/?$/.exec(source)?.[0] ?? source) : source.replace(/^[^/]+\/(?=.)/, "");
}
