/** How the collector is spoken to: `Grpc` or `HttpProtobuf` of TracingSettings.Protocol. */
export type CollectorProtocol = "Grpc" | "HttpProtobuf";

/**
 * Where spans go: over gRPC an address without a path, over HTTP the address as it is written, and `/v1/traces`, where
 * collectors take them, when it has no path.
 */
export function collectorEndpoint(endpoint: string, protocol: CollectorProtocol): string {
  const url = new URL(endpoint);
  if (protocol === "Grpc") return url.origin;
  if (url.pathname === "/") url.pathname = "/v1/traces";
  return url.href;
}
