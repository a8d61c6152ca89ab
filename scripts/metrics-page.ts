import { type MetricDefinition, metricList } from "../src/telemetry/metrics/metric-list.ts";

/** docs/metrics.md: every metric, from the list that they are made from. */
export function metricsPage(notice: string): string {
  return `${notice}

# Metrics

A running Talos shows its figures for Prometheus at \`GET /metrics\`, as long as \`ApiSettings.Enabled\` is true. From its own machine
everybody may look; elsewhere a token is needed, unless \`ApiSettings.PublicMetrics\` is true. A token that may read is enough:

    scrape_configs:
      - job_name: talos
        scrape_interval: 30s
        authorization: { credentials_file: /run/secrets/talos-token }
        static_configs:
          - targets: ["talos.example.com:8080"]

[dashboard.json](dashboard.json) is a dashboard for Grafana: Dashboards, New, Import. It asks for the Prometheus to be used.

## Of one process

What this process has done since it started, and what it sees. Replicas have figures of their own: \`sum\` counts what all did
together. Only hosts are seen by each of them, so use \`max by (host)\` there.

${table("process")}

## Of what is stored

How things are, from the store. Replicas that share a Redis show the same, so that a \`sum\` over replicas would count everything several
times: use \`max by (source)\`. They are read when somebody asks, and cost milliseconds.

${table("store")}

\`source\` is the id of a repository, as \`talos queue\` shows it; \`domain\` a registry's, of which the first 50 have names and the rest
together is \`other\`; \`route\` the pattern of a path, \`/*\` for the page. No label holds a name of an image, a container or a person.

## What to watch

| when | what it means |
|---|---|
| \`max by (source) (talos_scan_failed) == 1\` for an hour | a repository cannot be read: \`talos events\` says why |
| \`time() - max by (source) (talos_last_scan_timestamp_seconds) > 3 * 3600\` | nothing is looked at any more |
| \`max by (source) (talos_dead_letters) > 0\` | an update failed for good: \`talos deadletters\` |
| \`max by (source) (talos_queue_oldest_age_seconds) > 86400\` | something has waited for a day: \`talos queue\` says for what |
| \`sum by (source) (max by (source, verdict) (talos_references{verdict="unknown"})) > 0\` for a day | look-ups fail: \`talos updates\` |
| \`max by (host) (talos_host_up) == 0\` for ten minutes | a Docker engine is away |
| \`min by (domain) (talos_registry_budget_remaining / talos_registry_budget_limit) < 0.1\` | a registry will soon refuse |
`;
}

function table(of: MetricDefinition["of"]): string {
  const rows = Object.entries<MetricDefinition>(metricList)
    .filter(([, definition]) => definition.of === of)
    .map(([name, { type, labels, help }]) => {
      const named = labels.map((label) => `\`${label}\``).join(", ");
      return `| \`${name}\` | ${type} | ${named} | ${help} |`;
    });
  return `| metric | type | labels | meaning |\n|---|---|---|---|\n${rows.join("\n")}`;
}
