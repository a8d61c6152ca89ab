import type { Answer, Ask, Sent } from "./transport.ts";

const mostRedirects = 5;

/** `what`: a redirect that is not followed, to be said after the registry's name. `other`: the host that failed, if not the first. */
export type Followed =
  | Extract<Sent, { kind: "answer" }>
  | (Extract<Sent, { kind: "failed" }> & { readonly other?: URL })
  | { readonly kind: "bad-redirect"; readonly what: string };

/** Follows GET and HEAD. Another origin gets no Authorization header, and encryption is never given up on the way. */
export async function followRedirects(ask: Ask, send: (ask: Ask) => Promise<Sent>): Promise<Followed> {
  let current = ask;
  for (let redirects = 0; ; redirects += 1) {
    const sent = await send(current);
    if (sent.kind === "failed" && current.url.origin !== ask.url.origin) return { ...sent, other: current.url };
    const location = sent.kind === "answer" ? findLocation(sent.answer) : undefined;
    if (location === undefined) return sent;
    if (redirects === mostRedirects)
      return { kind: "bad-redirect", what: `redirects more than ${mostRedirects} times` };
    const url = URL.parse(location, current.url.href);
    if (url === null || !/^https?:$/.test(url.protocol))
      return { kind: "bad-redirect", what: "redirects to no address" };
    if (current.url.protocol === "https:" && url.protocol === "http:")
      return { kind: "bad-redirect", what: `redirects to ${url.host} without encryption, which is not followed` };
    current = {
      ...current,
      url,
      headers: url.origin === ask.url.origin ? ask.headers : withoutAuthorization(ask.headers),
    };
  }
}

function findLocation(answer: Answer): string | undefined {
  return [301, 302, 303, 307, 308].includes(answer.status) ? answer.header("location") : undefined;
}

function withoutAuthorization(headers: Ask["headers"]): Ask["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "authorization"));
}
