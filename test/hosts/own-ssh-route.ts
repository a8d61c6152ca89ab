// A process that owns a way over SSH and a command on it, for a test that kills it.
import { once } from "node:events";
import { openSshRoute } from "../../src/hosts/route/open-ssh-route.ts";
import { readSshTarget } from "../../src/hosts/route/ssh-target.ts";

const { settings, socket, filesPrefix } = JSON.parse(process.argv[2] ?? "");
const signal = new AbortController().signal;
const patience = { connectSeconds: 10, aliveSeconds: 10 };
const target = readSshTarget(settings);
const start = { host: "nas", target, socketThere: socket, filesPrefix, graceSeconds: 2, patience };
const route = await openSshRoute(start, signal);
if ("reason" in route) throw new Error(route.reason);
const command = route.spawn(["sh", "-c", "echo running; exec sleep 4712"], {}, signal);
const [chunk] = await once(command.output, "data");
process.stdout.write(chunk);
await command.ended;
