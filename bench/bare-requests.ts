// The yardstick: what a plan cannot do without, and nothing else. One tag list per repository and one HEAD per chosen tag,
// 16 at a time over keep-alive connections.
//
//   node bench/bare-requests.ts HOST REPOSITORIES SERVICES [CA-FILE]
import { readFileSync } from "node:fs";
import { Agent as HttpAgent, type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { chosenTags, manifestType } from "./fixture-images.ts";

const [host = "", repositories, services, caFile] = process.argv.slice(2);
const atOnce = 16;
const agentOptions = { keepAlive: true, maxSockets: atOnce };
const ca = caFile === undefined ? undefined : readFileSync(caFile);
const agent = ca === undefined ? new HttpAgent(agentOptions) : new HttpsAgent({ ...agentOptions, ca });

const chosen = chosenTags({ repositories: Number(repositories), services: Number(services) });
const queue = [...chosen].flatMap(([repository, tags]) => [
  { method: "GET", path: `/v2/${repository}/tags/list` },
  ...[...tags].map((tag) => ({ method: "HEAD", path: `/v2/${repository}/manifests/${tag}` })),
]);
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await send(next);
  }),
);
agent.destroy();

function send({ method, path }: { readonly method: string; readonly path: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = { method, agent, headers: { accept: manifestType } };
    const onResponse = (response: IncomingMessage) => {
      if (response.statusCode !== 200) reject(new Error(`${method} ${path}: ${response.statusCode}`));
      response.on("end", resolve).resume();
    };
    const request =
      ca === undefined
        ? requestHttp(`http://${host}${path}`, options, onResponse)
        : requestHttps(`https://${host}${path}`, options, onResponse);
    request.on("error", reject).end();
  });
}
