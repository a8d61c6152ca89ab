import type { IncomingMessage } from "node:http";

export interface RestBody {
  readonly json: unknown;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** JSON, or a form of `payload_json` and `files[n]`. */
export async function readRequest(request: IncomingMessage): Promise<RestBody> {
  const bytes = Buffer.concat(await request.toArray());
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data"))
    return { json: bytes.length === 0 ? undefined : JSON.parse(bytes.toString()), files: [] };
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const payload = form.get("payload_json");
  const files: { name: string; text: string }[] = [];
  for (const [key, value] of form)
    if (key.startsWith("files[") && typeof value !== "string")
      files.push({ name: value.name, text: await value.text() });
  return { json: typeof payload === "string" ? JSON.parse(payload) : undefined, files };
}
