import { expect, test } from "vitest";
import { collectorEndpoint } from "./collector-endpoint.ts";

test.each([
  ["Grpc", "http://localhost:4317", "http://localhost:4317"],
  ["Grpc", "https://otel.example.com/", "https://otel.example.com"],
  ["Grpc", "http://localhost:4317/v1/traces", "http://localhost:4317"],
  ["HttpProtobuf", "http://localhost:4318", "http://localhost:4318/v1/traces"],
  ["HttpProtobuf", "http://localhost:4318/", "http://localhost:4318/v1/traces"],
  ["HttpProtobuf", "https://otel.example.com/otlp/v1/traces", "https://otel.example.com/otlp/v1/traces"],
  ["HttpProtobuf", "https://otel.example.com?tenant=me", "https://otel.example.com/v1/traces?tenant=me"],
] as const)("Over %s, %s means %s.", (protocol, written, meant) => {
  expect(collectorEndpoint(written, protocol)).toBe(meant);
});
