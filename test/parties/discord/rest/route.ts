import type { DiscordState } from "../state/discord-state.ts";
import type { RestAnswer } from "./rest-answer.ts";
import type { RestCall } from "./rest-call.ts";

export type Route = (state: DiscordState, call: RestCall) => RestAnswer;
