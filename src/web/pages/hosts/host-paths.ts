/** `hosts/nas`, `hosts/nas/web`: below the base of the page. */
export function hostPath(host: string, container?: string): string {
  return ["hosts", host, ...(container === undefined ? [] : [container])].map(encodeURIComponent).join("/");
}
