// What's Up Docker's way of looking: all look-ups at once over HTTPS/1.1, each with a socket of its own: the tag list, then
// the manifest of the newest.
//
//   node bench/peers/thousand-sockets.ts HOST REPOSITORIES SERVICES CA-FILE
import { readFileSync } from "node:fs";
import { Agent, request as requestHttps } from "node:https";
import { chosenTags, manifestType } from "../fixture-images.ts";

const [host = "", repositories, services, caFile = ""] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, ca: readFileSync(caFile) });
const chosen = chosenTags({ repositories: Number(repositories), services: Number(services) });

await Promise.all(
  [...chosen].map(async ([repository, tags]) => {
    await send("GET", `/v2/${repository}/tags/list`);
    for (const tag of tags) await send("GET", `/v2/${repository}/manifests/${tag}`);
  }),
);
agent.destroy();

function send(method: string, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = requestHttps(`https://${host}${path}`, { method, agent, headers: { accept: manifestType } });
    request.on("response", (response) => {
      if (response.statusCode !== 200) reject(new Error(`${method} ${path}: ${response.statusCode}`));
      response.on("end", resolve).resume();
    });
    request.on("error", reject).end();
  });
}
