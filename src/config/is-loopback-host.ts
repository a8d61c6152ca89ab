/** Of a URL, a `Host` header or a socket: `localhost`, `127.0.0.1`, `[::1]`; without a port. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}
