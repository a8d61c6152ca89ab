/** What one repository of the registry in memory offers. */
export interface CatalogueEntry {
  /** The address of the project, as images name it in their labels. */
  readonly project: string;
  /** When each tag's image was made, by day. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What the registries of examples/homelab could look like on one day in spring 2025, by `<domain>/<path>`. */
export const catalogue: Readonly<Record<string, CatalogueEntry>> = {
  "docker.io/grafana/grafana": {
    project: "https://github.com/grafana/grafana",
    tags: {
      "10.4.14": "2024-12-03",
      "11.3.1": "2024-11-19",
      "11.3.1-ubuntu": "2024-11-19",
      "11.4.0": "2024-12-05",
      "11.4.0-ubuntu": "2024-12-05",
      "11.4.1": "2025-01-28",
      "11.5.0": "2025-01-28",
      "11.5.0-ubuntu": "2025-01-28",
      "12.0.0": "2025-03-05",
      latest: "2025-01-28",
      main: "2025-03-05",
    },
  },
  "docker.io/library/eclipse-mosquitto": {
    project: "https://github.com/eclipse-mosquitto/mosquitto",
    tags: {
      "1.6.15": "2023-06-14",
      "2": "2024-10-17",
      "2.0": "2024-10-17",
      "2.0.18": "2023-09-18",
      "2.0.20": "2024-10-17",
      "2.0.20-openssl": "2024-10-17",
      latest: "2024-10-17",
    },
  },
  "docker.io/library/mariadb": {
    project: "https://github.com/MariaDB/mariadb-docker",
    tags: {
      "10.11.11": "2025-02-05",
      "11.4": "2025-02-05",
      "11.4.4": "2024-11-04",
      "11.4.4-noble": "2024-11-04",
      "11.4.5": "2025-02-05",
      "11.4.5-noble": "2025-02-05",
      "11.7.2": "2025-02-13",
      "11.8.1-rc": "2025-02-16",
      lts: "2025-02-05",
      latest: "2025-02-13",
    },
  },
  "docker.io/library/nextcloud": {
    project: "https://github.com/nextcloud/docker",
    tags: {
      "29.0.10-apache": "2024-12-06",
      "30.0.2-apache": "2024-11-08",
      "30.0.2-fpm": "2024-11-08",
      "30.0.4-apache": "2024-12-20",
      "30.0.6-apache": "2025-02-14",
      "30.0.6-fpm": "2025-02-14",
      "31.0.0-apache": "2025-02-26",
      "31.0.0-fpm": "2025-02-26",
      apache: "2025-02-26",
      stable: "2025-02-14",
    },
  },
  "docker.io/library/nginx": {
    project: "https://github.com/nginx/docker-nginx",
    tags: {
      "1.26.3-alpine": "2025-02-05",
      "1.27-alpine": "2025-02-05",
      "1.27.2": "2024-10-03",
      "1.27.2-alpine": "2024-10-03",
      "1.27.3-alpine": "2024-11-26",
      "1.27.4": "2025-02-05",
      "1.27.4-alpine": "2025-02-05",
      "1.27.4-alpine-slim": "2025-02-05",
      mainline: "2025-02-05",
      "stable-alpine": "2025-02-05",
    },
  },
  "docker.io/library/node": {
    project: "https://github.com/nodejs/docker-node",
    tags: {
      "20.18.3-alpine": "2025-02-10",
      "22-alpine": "2025-02-12",
      "22.11.0-alpine": "2024-10-29",
      "22.12.0-alpine": "2024-12-03",
      "22.14.0": "2025-02-12",
      "22.14.0-alpine": "2025-02-12",
      "22.14.0-alpine3.21": "2025-02-12",
      "22.14.0-slim": "2025-02-12",
      "23.8.0-alpine": "2025-02-13",
      "lts-alpine": "2025-02-12",
    },
  },
  "docker.io/louislam/uptime-kuma": {
    project: "https://github.com/louislam/uptime-kuma",
    tags: {
      "1": "2024-12-20",
      "1.23.13": "2024-04-25",
      "1.23.13-alpine": "2024-04-25",
      "1.23.15": "2024-10-20",
      "1.23.16": "2024-12-20",
      "1.23.16-alpine": "2024-12-20",
      "2.0.0-beta.1": "2024-12-28",
      latest: "2024-12-20",
    },
  },
  "docker.io/pihole/pihole": {
    project: "https://github.com/pi-hole/docker-pi-hole",
    tags: { "2024.07.0": "2024-07-11", "2025.02.6": "2025-03-02", "2025.03.0": "2025-03-04", latest: "2025-03-04" },
  },
  "docker.io/restic/restic": {
    project: "https://github.com/restic/restic",
    tags: {
      "0.16.5": "2024-07-01",
      "0.17.1": "2024-09-05",
      "0.17.2": "2024-10-27",
      "0.17.3": "2024-11-08",
      latest: "2024-11-08",
    },
  },
  "docker.io/valkey/valkey": {
    project: "https://github.com/valkey-io/valkey-container",
    tags: {
      "7.2.8-bookworm": "2025-01-07",
      "8-alpine": "2025-01-07",
      "8-bookworm": "2025-02-25",
      "8.0.2-bookworm": "2025-02-25",
      latest: "2025-02-25",
    },
  },
  "ghcr.io/goauthentik/server": {
    project: "https://goauthentik.io",
    tags: {
      "2024.10.4": "2024-11-21",
      "2024.10.5": "2024-12-09",
      "2024.12.0-rc1": "2024-12-10",
      "2024.12.3": "2025-01-29",
      "2025.2.0": "2025-02-24",
      "gh-main": "2025-03-05",
    },
  },
  "ghcr.io/home-assistant/home-assistant": {
    project: "https://www.home-assistant.io",
    tags: {
      "2024.12": "2024-12-20",
      "2024.12.5": "2024-12-20",
      "2025.1.4": "2025-01-24",
      "2025.2.5": "2025-02-21",
      "2025.3.0b4": "2025-03-04",
      beta: "2025-03-04",
      stable: "2025-02-21",
    },
  },
  "ghcr.io/immich-app/immich-machine-learning": {
    project: "https://github.com/immich-app/immich",
    tags: {
      "v1.127.0": "2025-02-24",
      "v1.128.0": "2025-03-03",
      "v1.128.0-cuda": "2025-03-03",
      "v1.129.0": "2025-03-11",
      "v1.129.0-cuda": "2025-03-11",
      "v1.130.3": "2025-03-27",
      "v1.130.3-cuda": "2025-03-27",
      release: "2025-03-27",
    },
  },
  "ghcr.io/immich-app/immich-server": {
    project: "https://github.com/immich-app/immich",
    tags: {
      "pr-17012": "2025-03-20",
      "v1.127.0": "2025-02-24",
      "v1.128.0": "2025-03-03",
      "v1.129.0": "2025-03-11",
      "v1.130.3": "2025-03-27",
      "v1.131.0": "2025-03-31",
      release: "2025-03-31",
    },
  },
  "ghcr.io/immich-app/postgres": {
    project: "https://github.com/immich-app/base-images",
    tags: { "14-vectorchord0.3.0-pgvectors0.2.0": "2025-03-28", "16-vectorchord0.3.0": "2025-03-28" },
  },
  "ghcr.io/koenkk/zigbee2mqtt": {
    project: "https://www.zigbee2mqtt.io",
    tags: {
      "1.42.0": "2024-12-01",
      "2.0.0": "2025-01-02",
      "2.1.1": "2025-02-02",
      "2.1.2-dev": "2025-02-20",
      latest: "2025-02-02",
    },
  },
  "lscr.io/linuxserver/jellyfin": {
    project: "https://github.com/linuxserver/docker-jellyfin",
    tags: {
      "10.10.3": "2024-11-19",
      "10.10.3ubu2404-ls44": "2024-12-16",
      "10.10.6": "2025-02-16",
      "10.10.6ubu2404-ls54": "2025-02-24",
      "10.11.0": "2025-03-02",
      latest: "2025-03-02",
      nightly: "2025-03-05",
    },
  },
  "lscr.io/linuxserver/sonarr": {
    project: "https://github.com/linuxserver/docker-sonarr",
    tags: {
      "4.0.11": "2024-12-16",
      "4.0.11.2680-ls261": "2024-12-16",
      "4.0.12.2823-ls266": "2025-01-13",
      "4.0.13.2932-ls272": "2025-02-24",
      "4.0.13.2931-develop-ls640": "2025-02-23",
      develop: "2025-03-01",
      latest: "2025-02-24",
    },
  },
  "quay.io/prometheus/prometheus": {
    project: "https://github.com/prometheus/prometheus",
    tags: {
      latest: "2025-02-26",
      main: "2025-03-05",
      "v2.53.3": "2024-11-05",
      "v2.55.0": "2024-10-22",
      "v2.55.1": "2024-11-04",
      "v3.0.0-rc.1": "2024-11-01",
      "v3.1.0": "2025-01-02",
      "v3.2.1": "2025-02-26",
    },
  },
};
