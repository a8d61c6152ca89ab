import type { Context } from "hono";

type Body =
  | { readonly kind: "body"; readonly value: unknown }
  | { readonly kind: "wrong"; readonly status: 400 | 415; readonly text: string };

/** The JSON of a request; none is an empty object. What a form of another site can send is refused. */
export async function readBody(context: Context): Promise<Body> {
  const text = await context.req.text();
  if (text.trim() === "") return { kind: "body", value: {} };
  const [type = ""] = (context.req.header("content-type") ?? "").toLowerCase().split(";");
  if (type.trim() !== "application/json") {
    const wanted = "the body must be JSON, and say so: Content-Type: application/json";
    return { kind: "wrong", status: 415, text: wanted };
  }
  try {
    return { kind: "body", value: JSON.parse(text) };
  } catch {
    return { kind: "wrong", status: 400, text: "the body is no JSON" };
  }
}
