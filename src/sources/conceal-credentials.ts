import type { GitAnswer } from "./run-git.ts";

/**
 * What git says without the password: a server's words come back in it, and a server, its hooks or a proxy may repeat what
 * they were sent, in plain, in a URL or as a header. `environment`: what git was given to sign in with.
 */
export function concealCredentials(answer: GitAnswer, environment: Readonly<Record<string, string>>): GitAnswer {
  const { TALOS_GIT_USERNAME: username = "", TALOS_GIT_PASSWORD: password = "" } = environment;
  if (answer.kind !== "failed" || password === "") return answer;
  const forms = [`${username}:${password}`, password].flatMap((text) => [
    text,
    encodeURIComponent(text),
    encodeURI(text),
    Buffer.from(text).toString("base64"),
  ]);
  const conceal = (text: string) => forms.reduce((rest, form) => rest.replaceAll(form, "[secret]"), text);
  return { ...answer, complaint: conceal(answer.complaint), output: conceal(answer.output) };
}
