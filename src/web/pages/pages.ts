/** The places of the page, in the order of the navigation. */
import type { ComponentType } from "preact";
import type { IconName } from "../parts/control/icon.tsx";
import { ApiPage } from "./api/api-page.tsx";
import { HistoryPage } from "./history/history-page.tsx";
import { HostsPage } from "./hosts/hosts-page.tsx";
import { OverviewPage } from "./overview/overview-page.tsx";
import { QueuePage } from "./queue/queue-page.tsx";
import { SettingsPage } from "./settings/settings-page.tsx";
import { UpdatesPage } from "./updates/updates-page.tsx";

export interface Place {
  /** The first word of its path. What follows is the page's own: see `route.rest`. */
  readonly path: string;
  readonly title: string;
  readonly icon: IconName;
  /** After `g`. */
  readonly key: string;
  readonly component: ComponentType;
}

export const places: readonly Place[] = [
  { path: "", title: "Overview", icon: "overview", key: "o", component: OverviewPage },
  { path: "updates", title: "Updates", icon: "updates", key: "u", component: UpdatesPage },
  { path: "queue", title: "Queue", icon: "queue", key: "q", component: QueuePage },
  { path: "hosts", title: "Hosts", icon: "hosts", key: "h", component: HostsPage },
  { path: "history", title: "History", icon: "history", key: "y", component: HistoryPage },
  { path: "settings", title: "Settings", icon: "settings", key: "s", component: SettingsPage },
  { path: "reference", title: "API", icon: "api", key: "a", component: ApiPage },
];
