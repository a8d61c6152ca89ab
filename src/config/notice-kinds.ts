/** What people are told of in Discord, each in channels of its own where that is wanted. */
export const noticeKinds = [
  "UpdateAvailable",
  "Pushed",
  "Failed",
  "DeadLettered",
  "Held",
  "GroupIncomplete",
  "Pipeline",
  "ScanError",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];
