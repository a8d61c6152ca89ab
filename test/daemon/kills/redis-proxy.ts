import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Stands in front of a Redis and can end who speaks to it, before a message arrives or before its answer does. */
export interface RedisProxy extends AsyncDisposable {
  readonly port: number;
  /** Messages since the last `arm`. */
  readonly messages: number;
  /** For the messages from now on, counted from 1. */
  arm(
    death: { readonly step: number; readonly moment: "before" | "after"; readonly kill: () => void } | undefined,
  ): void;
}

export async function redisProxy(redisPort: number): Promise<RedisProxy> {
  let messages = 0;
  let armed: Parameters<RedisProxy["arm"]>[0];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const redis = connect(redisPort, "127.0.0.1");
    let isMute = false;
    for (const [socket, other] of [
      [client, redis],
      [redis, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.on("data", (message) => {
      messages += 1;
      const death = armed?.step === messages ? armed : undefined;
      if (death?.moment === "before") return death.kill();
      if (death !== undefined) {
        isMute = true;
        redis.once("data", death.kill);
      }
      redis.write(message);
    });
    redis.on("data", (answer) => {
      if (!isMute) client.write(answer);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    get messages() {
      return messages;
    },
    arm(death) {
      messages = 0;
      armed = death;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server.close(), "close");
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
