import type { IncomingMessage } from "node:http";

type Body =
  | { readonly kind: "body"; readonly value: unknown }
  | { readonly kind: "wrong"; readonly status: number; readonly text: string };

const longestBody = 64 * 1024;

/** The JSON of a request; none is an empty object. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  let text = "";
  request.setEncoding("utf8");
  try {
    for await (const piece of request) {
      text += piece;
      if (text.length > longestBody) return { kind: "wrong", status: 413, text: "the arguments are too long" };
    }
  } catch {
    return { kind: "wrong", status: 400, text: "the arguments broke off" };
  }
  if (text.trim() === "") return { kind: "body", value: {} };
  try {
    return { kind: "body", value: JSON.parse(text) };
  } catch {
    return { kind: "wrong", status: 400, text: "the arguments must be a JSON object" };
  }
}
