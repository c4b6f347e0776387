/** Where to go after signing in: the address of this site that was asked for, else home. Another site's is never followed. */
export function nextPath(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '/';
  const url = URL.canParse(next, location.origin) ? new URL(next, location.origin) : null;
  // A path that begins with two slashes names another host to whoever follows it.
  return url?.origin === location.origin ? url.pathname.replace(/^\/+/, '/') + url.search + url.hash : '/';
}
