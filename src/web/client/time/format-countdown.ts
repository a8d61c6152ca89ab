/** `2 d 3 h`, `1 h 04 min`, `4 min 09 s`, `12 s`; undefined: the moment is there. */
export function formatCountdown(leftMs: number): string | undefined {
  const seconds = Math.ceil(leftMs / 1000);
  if (seconds <= 0) return undefined;
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor((seconds % 86_400) / 3600)];
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${twoDigits(minutes)} min`;
  return minutes > 0 ? `${minutes} min ${twoDigits(seconds % 60)} s` : `${seconds} s`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
