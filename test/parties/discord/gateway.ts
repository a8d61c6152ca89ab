import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { describeApplication, describeJoinedGuild, describeUser } from "./state/describe-place.ts";
import type { Place } from "./state/place.ts";

/** Discord's gateway, version 10, as JSON: sign in, heartbeats, events, and resuming a lost connection. */
export interface Gateway {
  /** Bots that are connected and signed in. */
  readonly connected: number;
  /** Every IDENTIFY and RESUME that was taken. */
  readonly signIns: readonly { readonly kind: "identify" | "resume"; readonly intents: number }[];
  /** Connections that were closed by the server for being wrong: 4004, 4014. */
  readonly refusals: readonly number[];
  /** Ends the connections without a word; the sessions can be resumed. */
  drop(): void;
  /** Op 7: asks the bot to connect again. */
  askToReconnect(): void;
  /** Op 9: the session is over, unless it is said to be resumable. */
  invalidate(isResumable: boolean): void;
  /** The present connections never say anything again, not even to a heartbeat. */
  silence(): void;
  /** Closes every connection with that code, and each new sign-in for as long as it is set. */
  refuseWith(code: number | undefined): void;
  /** What the bot has to name in `IDENTIFY` from now on. */
  token: string;
  /** Privileged intents that are switched on for this bot; others close with 4014. */
  allowedIntents: number;
  heartbeatIntervalMs: number;
}

export interface RunningGateway extends Gateway {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** To every session, also to those that may resume. False when there is none. */
  readonly dispatch: (event: string, data: object) => boolean;
  url: string;
}

interface Session {
  readonly id: string;
  readonly events: { readonly s: number; readonly t: string; readonly d: object }[];
  socket: WebSocket | undefined;
}

const usualIntents = 0xffff & ~(2 | 256 | 32_768);

export function openGateway(place: Place, token: string, tell: () => void): RunningGateway {
  const server = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const silenced = new WeakSet<WebSocket>();
  const sockets = new Set<WebSocket>();
  const signIns: { kind: "identify" | "resume"; intents: number }[] = [];
  const refusals: number[] = [];
  let refusal: number | undefined;

  const send = (socket: WebSocket | undefined, payload: object) => {
    if (socket?.readyState === 1 && !silenced.has(socket))
      socket.send(JSON.stringify({ s: null, t: null, ...payload }));
  };
  const dispatchTo = (session: Session, t: string, d: object) => {
    const event = { s: session.events.length + 1, t, d };
    session.events.push(event);
    send(session.socket, { op: 0, ...event });
  };
  const refuse = (socket: WebSocket, code: number) => {
    refusals.push(code);
    socket.close(code);
    tell();
  };

  const identify = (socket: WebSocket, given: { token: string; intents: number }) => {
    if (refusal !== undefined) return refuse(socket, refusal);
    if (given.token !== gateway.token) return refuse(socket, 4004);
    if ((given.intents & ~gateway.allowedIntents) !== 0) return refuse(socket, 4014);
    const session: Session = { id: randomUUID(), events: [], socket };
    sessions.set(session.id, session);
    signIns.push({ kind: "identify", intents: given.intents });
    dispatchTo(session, "READY", {
      v: 10,
      user: describeUser(place.bot),
      guilds: [{ id: place.guildId, unavailable: true }],
      session_id: session.id,
      resume_gateway_url: gateway.url,
      application: describeApplication(place),
    });
    dispatchTo(session, "GUILD_CREATE", describeJoinedGuild(place));
  };

  const resume = (socket: WebSocket, given: { token: string; session_id: string; seq: number }) => {
    if (refusal !== undefined) return refuse(socket, refusal);
    if (given.token !== gateway.token) return refuse(socket, 4004);
    const session = sessions.get(given.session_id);
    if (session === undefined) return send(socket, { op: 9, d: false });
    session.socket = socket;
    signIns.push({ kind: "resume", intents: 0 });
    for (const event of session.events.slice(given.seq)) send(socket, { op: 0, ...event });
    dispatchTo(session, "RESUMED", {});
  };

  server.on("connection", (socket: WebSocket) => {
    sockets.add(socket);
    send(socket, { op: 10, d: { heartbeat_interval: gateway.heartbeatIntervalMs } });
    socket.on("message", (data: Buffer) => {
      const { op, d } = JSON.parse(data.toString());
      if (op === 1) send(socket, { op: 11 });
      if (op === 2) identify(socket, d);
      if (op === 6) resume(socket, d);
      tell();
    });
    socket.on("close", (code) => {
      sockets.delete(socket);
      for (const session of sessions.values())
        if (session.socket === socket) {
          session.socket = undefined;
          // A bot that says goodbye has signed out.
          if (code === 1000 || code === 1001) sessions.delete(session.id);
        }
      tell();
    });
    socket.on("error", () => undefined);
  });

  const gateway: RunningGateway = {
    url: "",
    token,
    allowedIntents: usualIntents,
    heartbeatIntervalMs: 41_250,
    signIns,
    refusals,
    get connected() {
      return [...sessions.values()].filter(({ socket }) => socket !== undefined && !silenced.has(socket)).length;
    },
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (webSocket) => server.emit("connection", webSocket, request));
    },
    dispatch(event, data) {
      for (const session of sessions.values()) dispatchTo(session, event, data);
      return sessions.size > 0;
    },
    drop: () => sockets.forEach((socket) => socket.terminate()),
    askToReconnect: () => sockets.forEach((socket) => send(socket, { op: 7, d: null })),
    invalidate(isResumable) {
      for (const socket of sockets) send(socket, { op: 9, d: isResumable });
      if (!isResumable) sessions.clear();
    },
    silence: () => sockets.forEach((socket) => silenced.add(socket)),
    refuseWith(code) {
      refusal = code;
      if (code === undefined) return;
      sessions.clear();
      for (const socket of sockets) refuse(socket, code);
    },
  };
  return gateway;
}
