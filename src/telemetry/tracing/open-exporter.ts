import { getCACertificates } from "node:tls";
import type { SpanExporter } from "@opentelemetry/sdk-trace";
import { type CollectorProtocol, collectorEndpoint } from "./collector-endpoint.ts";

/** One batch has so long to arrive, repeated tries included. */
const timeoutMillis = 5000;

/** Certificates of collectors are checked against those that Node trusts and those of this machine. */
export async function openExporter(endpoint: string, protocol: CollectorProtocol): Promise<SpanExporter> {
  const url = collectorEndpoint(endpoint, protocol);
  const authorities = url.startsWith("https:") ? [...getCACertificates("default"), ...getCACertificates("system")] : [];
  if (protocol === "HttpProtobuf") {
    const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-proto");
    return new OTLPTraceExporter({
      url,
      timeoutMillis,
      httpAgentOptions: { keepAlive: true, ...(authorities.length === 0 ? {} : { ca: authorities }) },
    });
  }
  const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-grpc");
  const { credentials } = await import("@grpc/grpc-js");
  return new OTLPTraceExporter({
    url,
    timeoutMillis,
    credentials:
      authorities.length === 0
        ? credentials.createInsecure()
        : credentials.createSsl(Buffer.from(authorities.join("\n"))),
  });
}
